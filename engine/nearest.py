"""Which of a rule's gauges is shown: that of the lock in force, else the one nearest to its limit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.facts import Facts
from engine.locks import EndKind, Lock
from engine.rule import Gauge, Rule, RuleScope, Tier
from engine.units import SCALE

NEARLY = 80
"""Percent of the limit from which on a gauge is near; a count is near one before its limit."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A gauge as it stands now. `tier` is whose it is, None where the author wrote one for the whole rule.

    `is_armed` False: what it measures does not matter yet.
    """

    tier: Tier | None
    gauge: Gauge | None = None
    value: int | None = None
    limit: int | None = None
    is_armed: bool = True

    @property
    def is_near(self) -> bool:
        value, limit = self.value, self.limit
        if self.gauge is None or value is None or limit is None or limit <= 0 or not self.is_armed:
            return False
        if self.gauge.is_count:
            return value > 0 and value >= limit - SCALE
        return value * 100 >= limit * NEARLY


def nearest(rule: Rule, facts: Facts, lock: Lock | None) -> Measured:
    """Return what to show of a rule. `lock` is the one of its locks in force that holds longest."""
    locking = next((tier for tier in rule.tiers if lock is not None and tier_of(lock) == tier.name), None)
    if rule.gauge is not None:
        return _measured(locking, rule.gauge, rule, facts)
    tiers = [locking] if locking is not None else rule.tiers
    return _nearest(Measured(locking), [each for tier in tiers for each in _branches(tier, rule, facts)])


def of_breach(rule: Rule, tier: Tier, facts: Facts) -> Measured:
    """Return what a tier's breach is measured by: of an `or` the branch nearest to its limit, or beyond it."""
    if rule.gauge is not None:
        return _measured(tier, rule.gauge, rule, facts)
    return _nearest(Measured(tier), list(_branches(tier, rule, facts)))


def _branches(tier: Tier, rule: Rule, facts: Facts) -> Iterator[Measured]:
    yield _measured(tier, tier.gauge, rule, facts)
    for other in tier.gauge.others if tier.gauge is not None else ():
        yield _measured(tier, other, rule, facts)


def holding(locks: Sequence[Lock]) -> Lock | None:
    """Return the lock that holds longest; of several with the same end the last one. None if there is none."""
    return max(
        reversed(locks),
        key=lambda lock: (lock.end.kind is EndKind.MANUAL, lock.end.at or 0),
        default=None,
    )


def tier_of(lock: Lock) -> str:
    """Return the tier that set a lock: the second part of `rule/tier/kind/key`."""
    return lock.source.split("/", 3)[1]


def _measured(tier: Tier | None, gauge: Gauge | None, rule: Rule, facts: Facts) -> Measured:
    is_between_trades = rule.scope is RuleScope.TRADE and facts.view.trade is None
    if gauge is None or (gauge.of_trade and is_between_trades):
        return Measured(tier)
    is_armed = gauge.armed is None or gauge.armed(facts) is not False
    return Measured(tier, gauge, gauge.value(facts), gauge.limit(facts), is_armed)


def _nearest(nothing: Measured, all_of_them: list[Measured]) -> Measured:
    """Return the first that no other one is nearer than: near ones before others, then by value over limit."""
    best = nothing
    for one in all_of_them:
        if one.gauge is not None and (best.gauge is None or _is_nearer(one, best)):
            best = one
    return best


def _is_nearer(one: Measured, other: Measured) -> bool:
    if one.is_near != other.is_near:
        return one.is_near
    ours, theirs = _parts(one), _parts(other)
    if ours is None or theirs is None:
        return theirs is None and ours is not None
    return ours[0] * theirs[1] > theirs[0] * ours[1]


def _parts(one: Measured) -> tuple[int, int] | None:
    """Return value and limit where they can be compared; None where one is unknown, or the limit is not positive."""
    if one.value is None or one.limit is None or one.limit <= 0 or not one.is_armed:
        return None
    return one.value, one.limit
