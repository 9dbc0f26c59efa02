"""How close each rule is, for the screens: value, limit, colour and lock, derived from the rules themselves."""

from dataclasses import dataclass

from engine.evaluation import facts_for, latch_key, subjects
from engine.facts import Facts
from engine.held import Latch, Phase
from engine.judge import WARNING
from engine.locks import Lock, TradingState
from engine.modes import effective_mode
from engine.nearest import holding, nearest
from engine.rule import Mode, Rule, RuleScope, RuleSet
from engine.scope import ScopeKind
from engine.state import State
from engine.subject import THE_ACCOUNT, Subject, SubjectKind
from engine.units import Instant

NOT_YET = "not active yet"
"""What stands in place of a gauge whose rule waits for something first, such as a day that was good."""


@dataclass(frozen=True, slots=True)
class GaugeReading:
    """One rule for one subject. `value` and `limit` are in the unit's steps, None: unknown or not measurable.

    `unit` is empty where there is nothing to measure; `label` is then all there is to say, if anything. `tier` is
    whose gauge it is. `color` is green, yellow, red or unknown, or active where a rule that only helps is at work. `locked_until` is the end of the rule's own lock that
    holds longest; `is_locked` without it means until a condition or a person ends it. `closes_at` is when the hours
    end that the rule keeps.
    """

    rule: str
    title: str
    subject: str
    mode: str
    severity: str
    value: int | None
    limit: int | None
    unit: str
    label: str
    color: str
    is_locked: bool
    locked_until: Instant | None
    pending_until: Instant | None
    message: str
    tier: str = ""
    closes_at: Instant | None = None


def gauges(state: State, rules: RuleSet) -> tuple[GaugeReading, ...]:
    """Return a reading for each rule and each subject it is looked at for; a symbol rule without one gives none."""
    return tuple(
        _read(state, rules, rule, subject) for rule in rules.rules for subject in _subjects_shown(state, rule)
    )


def trading_state(state: State) -> TradingState:
    """Return the strictest state that a lock imposes on the whole account."""
    on_account = [lock.state for lock in state.locks.values() if lock.scope.kind is ScopeKind.ACCOUNT]
    if TradingState.FLAT_ONLY in on_account:
        return TradingState.FLAT_ONLY
    return TradingState.NO_INCREASE if on_account else TradingState.OPEN


def _subjects_shown(state: State, rule: Rule) -> list[Subject]:
    return [THE_ACCOUNT] if _is_of_trades(rule) else list(subjects(state, rule))


def _read(state: State, rules: RuleSet, rule: Rule, subject: Subject) -> GaugeReading:
    facts = facts_for(state, rules, rule, Subject(SubjectKind.TRADE) if _is_of_trades(rule) else subject)
    locks = _locks(state, rule, subject)
    lock = holding(locks)
    mode = effective_mode(state, rules, rule)
    shown = nearest(rule, facts, lock)
    gauge = shown.gauge if shown.is_armed else None
    latches = [state.latches.get(latch_key(rule, tier.name, subject)) for tier in rule.tiers]
    color = _color(
        state,
        rule,
        subject,
        latches,
        is_locked=lock is not None,
        is_near=shown.is_near and mode is not Mode.OFF,
    )
    return GaugeReading(
        rule=rule.name,
        title=rule.title,
        subject=_name(state, subject),
        mode=mode.name.lower(),
        severity=rule.severity,
        value=shown.value if gauge else None,
        limit=shown.limit if gauge else None,
        unit=gauge.unit if gauge else "",
        label=gauge.label if gauge else "" if shown.is_armed else NOT_YET,
        color=color,
        is_locked=lock is not None,
        locked_until=lock.end.at if lock else None,
        pending_until=min((latch.due for latch in latches if latch and latch.due), default=None),
        message=lock.reason if lock else "",
        tier=shown.tier.name if shown.tier else "",
        closes_at=_closes_at(rule, facts) if color in ("green", "yellow") else None,
    )


def _is_of_trades(rule: Rule) -> bool:
    return rule.scope is RuleScope.TRADE


def _closes_at(rule: Rule, facts: Facts) -> Instant | None:
    """Return when the first of the hours end that the rule keeps; asked only while none of them is over."""
    ends = [tier.closes(facts) for tier in rule.tiers if tier.closes is not None]
    return min((end for end in ends if end is not None), default=None)


def _locks(state: State, rule: Rule, subject: Subject) -> list[Lock]:
    prefix, end = f"{rule.name}/", f"/{subject.kind}/{subject.key}"
    return [
        lock
        for lock in state.locks.values()
        if lock.source.startswith(prefix) and (_is_of_trades(rule) or lock.source.endswith(end))
    ]


def _color(
    state: State, rule: Rule, subject: Subject, latches: list[Latch | None], *, is_locked: bool, is_near: bool
) -> str:
    known = [latch for latch in latches if latch is not None]
    if is_locked or any(latch.phase is Phase.BREACHED for latch in known):
        return "active" if rule.only_helps and not is_locked else "red"
    if any(latch.unknown_since is not None for latch in known):
        return "unknown"
    is_pending = any(latch.phase is Phase.PENDING for latch in known)
    has_warned = latch_key(rule, WARNING, subject) in state.latches
    return "yellow" if is_pending or has_warned or (is_near and rule.warn is None) else "green"


def _name(state: State, subject: Subject) -> str:
    return state.root(subject.key) if subject.key in state.instruments else subject.key
