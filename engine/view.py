"""How close each rule is, for the screens: value, limit, colour and lock, derived from the rules themselves."""

from dataclasses import dataclass

from engine.evaluation import facts_for, latch_key, subjects
from engine.held import Latch, Phase
from engine.judge import WARNING
from engine.locks import Lock, TradingState
from engine.rule import Rule, RuleScope, RuleSet
from engine.scope import ScopeKind
from engine.state import State
from engine.subject import THE_ACCOUNT, Subject
from engine.units import SCALE, Instant

NEARLY = 80
"""Percent of the limit from which on a gauge is yellow when its rule has no warning of its own."""


@dataclass(frozen=True, slots=True)
class GaugeReading:
    """One rule for one subject. `value` and `limit` are in the unit's steps, None: unknown or not measurable.

    `color` is green, yellow, red or unknown. `locked_until` is the latest end of the rule's own locks; `is_locked`
    without it means until a condition or a person ends it.
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
    return [THE_ACCOUNT] if rule.scope is RuleScope.TRADE else list(subjects(state, rule))


def _read(state: State, rules: RuleSet, rule: Rule, subject: Subject) -> GaugeReading:
    value = limit = None
    gauge = (
        None if rule.scope is RuleScope.TRADE else rule.gauge
    )  # between trades there is nothing to measure
    if gauge is not None:
        facts = facts_for(state, rules, rule, subject)
        value, limit = gauge.value(facts), gauge.limit(facts)
    latches = [state.latches.get(latch_key(rule, tier.name, subject)) for tier in rule.tiers]
    locks = _locks(state, rule, subject)
    ends = [lock.end.at for lock in locks if lock.end.at is not None]
    return GaugeReading(
        rule=rule.name,
        title=rule.title,
        subject=_name(state, subject),
        mode=min(rule.mode, rules.ceiling).name.lower(),
        severity=rule.severity,
        value=value,
        limit=limit,
        unit=gauge.unit if gauge else "",
        label=gauge.label if gauge else "",
        color=_color(state, rule, subject, latches, bool(locks), value, limit),
        is_locked=bool(locks),
        locked_until=max(ends) if ends else None,
        pending_until=min((latch.due for latch in latches if latch and latch.due), default=None),
        message=locks[0].reason if locks else "",
    )


def _locks(state: State, rule: Rule, subject: Subject) -> list[Lock]:
    prefix, end = f"{rule.name}/", f"/{subject.kind}/{subject.key}"
    return [
        lock
        for lock in state.locks.values()
        if lock.source.startswith(prefix) and (rule.scope is RuleScope.TRADE or lock.source.endswith(end))
    ]


def _color(
    state: State,
    rule: Rule,
    subject: Subject,
    latches: list[Latch | None],
    is_locked: bool,
    value: int | None,
    limit: int | None,
) -> str:
    known = [latch for latch in latches if latch is not None]
    if is_locked or any(latch.phase is Phase.BREACHED for latch in known):
        return "red"
    if any(latch.unknown_since is not None for latch in known):
        return "unknown"
    is_pending = any(latch.phase is Phase.PENDING for latch in known)
    if is_pending or latch_key(rule, WARNING, subject) in state.latches or _is_near(rule, value, limit):
        return "yellow"
    return "green"


def _is_near(rule: Rule, value: int | None, limit: int | None) -> bool:
    """Without a warning of its own a rule is near at 80 % of its limit; a count is near one before it."""
    if rule.warn is not None or value is None or limit is None or limit <= 0:
        return False
    if rule.gauge is not None and rule.gauge.unit == "number":
        return value >= limit - SCALE
    return value * 100 >= limit * NEARLY


def _name(state: State, subject: Subject) -> str:
    return state.root(subject.key) if subject.key in state.instruments else subject.key
