"""A rule fires: its demand is written down whatever its mode, and its locks are set where it may enforce."""

from dataclasses import dataclass, replace
from functools import reduce

from engine.cause import show_price
from engine.demand import NOTHING, Demand, LockWanted
from engine.evaluation import latch_key
from engine.facts import Facts
from engine.lockbook import set_lock
from engine.locks import EndKind, Lock, LockEnd, TradingState
from engine.nearest import of_breach
from engine.outcome import DecisionKind
from engine.rule import MessageContext, Mode, Rule, Tier
from engine.scope import Scope, ScopeKind
from engine.state import State
from engine.streams import REMEMBERED, Firing, Stream
from engine.work import Work


def due_facts(state: State, rule: Rule, tier: Tier, facts: Facts) -> Facts:
    """Return the facts on which a tier's demand rests: parts of a position whose time is not up count as covered."""
    if not rule.for_each_scale_in:
        return facts
    parts = state.parts.get(latch_key(rule, tier.name, facts.view.subject), ())
    overdue = sum(part.size for part in parts if part.due <= state.now)
    return Facts(replace(facts.view, overdue=overdue), facts.results, facts.changes)


def demand_of(tier: Tier, facts: Facts) -> Demand:
    """Return the join of what a tier asks for."""
    demands = [action.demand(facts) for action in tier.then(facts)]
    return reduce(Demand.join, demands) if demands else NOTHING


@dataclass(frozen=True, slots=True)
class Case:
    """One breach: the rule and tier, the facts it was found on, what it wants, and the words for people."""

    rule: Rule
    tier: Tier
    facts: Facts
    demand: Demand
    message: str


def fire(work: Work, rule: Rule, tier: Tier, facts: Facts, *, is_again: bool = False) -> None:
    """Set the locks of a breach and record it. A repetition that changes nothing is not recorded."""
    facts = due_facts(work.state, rule, tier, facts)
    demand = demand_of(tier, facts)
    case = Case(rule, tier, facts, demand, say(rule, tier, facts, demand))
    before = work.state.locks
    if not is_again:
        _record(work, case)
    if work.mode(rule) is Mode.ENFORCE:
        for wanted in sorted(demand.locks, key=lambda lock: str(lock.scope)):
            _lock(work, case, wanted)
    if is_again:
        if work.state.locks != before:
            _record(work, case)
        return
    at = facts.view.trade.at if facts.view.trade else work.state.now
    work.put("firings", rule.name, (*work.state.firings.get(rule.name, ()), Firing(at, tier.name))[-KEPT:])


KEPT = REMEMBERED[Stream.FIRINGS] + 1
"""Firings of a rule; the one above those that are counted tells whether a window reaches back further."""


def say(rule: Rule, tier: Tier, facts: Facts, demand: Demand) -> str:
    """Return the rule's message with the tier, the latest end of its locks and the wanted stop filled in."""
    ends = end_in_words(facts, ends_of(rule, demand, facts))
    contract = facts.view.subject.key
    price = demand.floors.get(contract, demand.ceilings.get(contract))
    stop = show_price(price) if price is not None else ""
    return rule.message(facts, MessageContext(tier.name, ends, stop))


def ends_of(rule: Rule, demand: Demand, facts: Facts) -> list[LockEnd]:
    """Return when the locks of a demand end, as far as it can be told now."""
    return [_resolved(rule, wanted, facts) for wanted in demand.locks]


def _resolved(rule: Rule, wanted: LockWanted, facts: Facts) -> LockEnd:
    """Return the end of a lock; where a condition ends it, with the instant at which time alone makes it true."""
    due = rule.until_wakes.get(wanted.condition)
    if wanted.end.kind is not EndKind.CONDITION or due is None:
        return wanted.end
    return replace(wanted.end, at=due(facts))


def end_in_words(facts: Facts, ends: list[LockEnd]) -> str:
    """Return when locks end, for people."""
    if any(end.kind is EndKind.MANUAL for end in ends):
        return "when an admin unlocks"
    moments = [end.at for end in ends if end.at is not None]
    if moments:
        return facts.say(max(moments))
    return next((f"when {end.text}" for end in ends if end.text), "")


def locks_of(work: Work, rule: Rule, tier: Tier, facts: Facts) -> list[Lock]:
    """Return the locks that this tier set for this subject and that still live."""
    source = latch_key(rule, tier.name, facts.view.subject)
    return [lock for lock in work.state.locks.values() if lock.source == source]


def _record(work: Work, case: Case) -> None:
    facts = case.facts
    shown = of_breach(case.rule, case.tier, facts)
    decision = work.decide(
        DecisionKind.BREACH,
        case.rule.name,
        tier=case.tier.name,
        subject=facts.view.subject.key,
        mode=work.mode(case.rule).name.lower(),
        message=case.message,
        value=shown.value,
        limit=shown.limit,
        unit=shown.gauge.unit if shown.gauge else "",
        wants=tuple(word for action in case.tier.then(facts) if (word := action.words(facts))),
        tell=tuple(sorted(case.demand.tell | case.demand.warn)),
        severity=case.rule.severity,
    )
    if case.tier.shown is not None:
        work.shown[decision.id] = case.tier.shown(facts)


def _lock(work: Work, case: Case, wanted: LockWanted) -> None:
    """Set one lock. With a `flatten` over the same ground it means: go flat and stay flat."""
    rule, end = case.rule, _resolved(case.rule, wanted, case.facts)
    if end.kind is EndKind.INSTANT and end.at is not None and end.at <= work.state.now:
        return  # a late event whose pause is over already
    is_flat = any(size == 0 and _contains(scope, wanted.scope) for scope, size in case.demand.caps.items())
    set_lock(
        work,
        scope=wanted.scope,
        kind=wanted.kind,
        state=TradingState.FLAT_ONLY if is_flat else TradingState.NO_INCREASE,
        end=end,
        source=latch_key(rule, case.tier.name, case.facts.view.subject),
        rule=rule.name,
        reason=case.message,
        side=wanted.side,
        condition=wanted.condition,
        is_by_entry=Stream.ENTRIES in case.tier.streams,
    )


def _contains(wide: Scope, narrow: Scope) -> bool:
    return wide.kind is ScopeKind.ACCOUNT or wide == narrow
