"""A rule's life: armed, pending while `for:` runs, breached, released. Unknown never counts as within the limit."""

from dataclasses import replace

from engine.evaluation import latch_key
from engine.facts import Facts
from engine.fire import fire, locks_of
from engine.held import Latch, Phase
from engine.lockbook import UNKNOWN, set_lock
from engine.locks import EndKind, LockEnd, LockKind, TradingState
from engine.marks import first_quote_due
from engine.outcome import DecisionKind
from engine.parts import next_due, note_parts
from engine.rule import IfUnknown, Mode, Rule, RuleScope, Tier
from engine.units import Instant
from engine.work import Work


def advance(work: Work, rule: Rule, tier: Tier, facts: Facts) -> None:
    """Move one tier's latch by what its condition says now."""
    key = latch_key(rule, tier.name, facts.view.subject)
    known = work.state.latches.get(key)
    answer = tier.when(facts) if _is_there(work, rule, facts) else False
    if known is None and answer is False and not rule.for_each_scale_in:
        return  # armed before and after: nearly every look at a rule ends here
    latch = known if known is not None else Latch(Phase.ARMED, work.state.now)
    if answer is None:
        answer = _unknown(work, rule, tier, facts, latch)
        if answer is None:
            return
        latch = work.state.latches.get(key, latch)
    else:
        latch = _known(work, rule, tier, facts, latch)
    if rule.for_each_scale_in:
        note_parts(work, tier, facts, key, is_true=answer)
    fresh = _true(work, rule, tier, facts, latch) if answer else _false(work, rule, tier, facts, latch)
    if fresh != work.state.latches.get(key):
        work.put("latches", key, None if _is_idle(fresh) else fresh)


def _is_there(work: Work, rule: Rule, facts: Facts) -> bool:
    """Say whether there is anything to look at: what a closed position was worth is not unknown, it is over."""
    return rule.scope is not RuleScope.POSITION or work.state.size(facts.view.subject.key) != 0


def _is_idle(latch: Latch) -> bool:
    return latch.phase is Phase.ARMED and latch.unknown_since is None


def _true(work: Work, rule: Rule, tier: Tier, facts: Facts, latch: Latch) -> Latch:
    now = work.state.now
    if rule.for_each_scale_in and latch.phase is Phase.PENDING:
        first = next_due(work.state, latch_key(rule, tier.name, facts.view.subject))
        latch = replace(latch, due=first if first is not None else latch.due)
    match latch.phase:
        case Phase.ARMED:
            length = tier.hold(facts) if tier.hold else 0
            if length is None or length <= 0:
                fire(work, rule, tier, facts)
                return replace(latch, phase=Phase.BREACHED, since=now, clearing=None)
            work.decide(
                DecisionKind.PENDING,
                rule.name,
                tier=tier.name,
                subject=facts.view.subject.key,
                until=Instant(now + length),
                mode=work.mode(rule).name.lower(),
            )
            return replace(latch, phase=Phase.PENDING, since=now, due=Instant(now + length))
        case Phase.PENDING:
            if latch.due is not None and latch.due <= now:
                fire(work, rule, tier, facts)
                return replace(latch, phase=Phase.BREACHED, since=now, due=None, clearing=None)
            return latch
        case Phase.BREACHED:
            if latch.renew or _fires_again(work, rule, tier, facts):
                fire(work, rule, tier, facts, is_again=not latch.renew)
            is_same = latch.clearing is None and not latch.renew
            return latch if is_same else replace(latch, clearing=None, renew=False)


def _fires_again(work: Work, rule: Rule, tier: Tier, facts: Facts) -> bool:
    """Re-arming (decision 5): on a later item of a stream that finds it true, or at once on current facts."""
    if tier.streams:
        news = {"fills": work.new_fills, "entries": work.new_entries, "trades": work.new_trades}
        return any(news.get(stream) for stream in tier.streams)
    if work.mode(rule) is not Mode.ENFORCE or locks_of(work, rule, tier, facts):
        return False
    words = (action.words(facts) for action in tier.then(facts))
    return any(word.startswith(("lock", "cooldown")) for word in words)


def _false(work: Work, rule: Rule, tier: Tier, facts: Facts, latch: Latch) -> Latch:
    now = work.state.now
    if latch.phase is not Phase.BREACHED:
        return Latch(Phase.ARMED, now, warned=latch.warned)
    if rule.clear_when is not None and rule.clear_when(facts) is not True:
        return replace(latch, clearing=None)
    clearing = latch.clearing if latch.clearing is not None else now
    if now < clearing + rule.clear_for:
        return replace(latch, clearing=clearing)
    work.decide(
        DecisionKind.RELEASE,
        rule.name,
        tier=tier.name,
        subject=facts.view.subject.key,
        mode=work.mode(rule).name.lower(),
    )
    return Latch(Phase.ARMED, now, warned=latch.warned)


def _unknown(work: Work, rule: Rule, tier: Tier, facts: Facts, latch: Latch) -> bool | None:
    """Return how an unknown answer counts, None to hold. A running timer is frozen meanwhile."""
    key = latch_key(rule, tier.name, facts.view.subject)
    if latch.unknown_since is None:
        left = latch.due - work.state.now if latch.due is not None else None
        work.put("latches", key, replace(latch, unknown_since=work.state.now, left=left, due=None))
        work.decide(DecisionKind.UNKNOWN, rule.name, tier=tier.name, subject=facts.view.subject.key)
    match rule.if_unknown:
        case IfUnknown.BREACH:
            return True
        case IfUnknown.CLEAR:
            return False
        case IfUnknown.NO_INCREASE:
            due = first_quote_due(work.state, facts.view.settings)
            if due is None or due <= work.state.now:  # a quote that cannot have come yet is no blindness
                _refuse_entries(work, rule, facts)
            return None
        case IfUnknown.HOLD:
            return None


def _known(work: Work, rule: Rule, tier: Tier, facts: Facts, latch: Latch) -> Latch:
    if latch.unknown_since is None:
        return latch
    work.decide(DecisionKind.KNOWN, rule.name, tier=tier.name, subject=facts.view.subject.key)
    due = Instant(work.state.now + latch.left) if latch.left is not None else latch.due
    return replace(latch, unknown_since=None, left=None, due=due)


def _refuse_entries(work: Work, rule: Rule, facts: Facts) -> None:
    source = latch_key(rule, UNKNOWN, facts.view.subject)
    is_set = any(lock.source == source for lock in work.state.locks.values())
    if work.mode(rule) is Mode.ENFORCE and not is_set:
        set_lock(
            work,
            scope=facts.scope("account" if rule.scope is RuleScope.TRADE else rule.scope.value),
            kind=LockKind.LOCKOUT,
            state=TradingState.NO_INCREASE,
            end=LockEnd(EndKind.CONDITION, None, "the facts are known again"),
            source=source,
            rule=rule.name,
            reason=f"{rule.title}: the facts it needs are unknown",
            condition=UNKNOWN,
        )
