"""What rules in force want, and how the wants of many rules become one: the join, the strictest of all.

Join is associative, commutative and idempotent (`dsl.md` 7), so the order of rules, or the same rule twice, never
changes a decision, and adding a rule can only make things stricter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from engine.locks import LockEnd, LockKind
from engine.scope import Scope
from engine.units import ONE_TICK, SECOND, Duration, Price, Ticks
from engine.venue import Side

K = TypeVar("K")
V = TypeVar("V")

Cancel = tuple[Scope, Side | None]
"""No working entry orders in this scope; on one side only, or on both when the side is None."""


@dataclass(frozen=True, slots=True)
class LockWanted:
    """A lock that a breach asks for. `condition` is the key of the rule's `until:` expression, if it has one."""

    scope: Scope
    kind: LockKind
    end: LockEnd
    side: Side | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How seldom a stop is moved: by at least `step` (millionths of a tick), not within `every` of the last time."""

    step: Ticks = ONE_TICK
    every: Duration = SECOND


@dataclass(frozen=True, slots=True)
class Demand:
    """One point of the lattice. An empty demand wants nothing.

    `caps`: largest size (contracts, no sign) that each contract of a scope may have; smallest wins.
    `cancels`: scopes without entry orders; union. `stops`: each stop of a contract at least this tight; `floors`
    for longs (highest wins), `ceilings` for shorts (lowest wins), `paces` (the most eager wins). `required`: a stop
    at most that far from the market wherever there is none; nearest wins. `locks`, `tell`, `warn`: union.
    """

    caps: Mapping[Scope, int] = field(default_factory=lambda: MappingProxyType({}))
    cancels: frozenset[Cancel] = frozenset()
    floors: Mapping[str, Price] = field(default_factory=lambda: MappingProxyType({}))
    ceilings: Mapping[str, Price] = field(default_factory=lambda: MappingProxyType({}))
    paces: Mapping[str, Pace] = field(default_factory=lambda: MappingProxyType({}))
    required: Mapping[str, Ticks] = field(default_factory=lambda: MappingProxyType({}))
    locks: frozenset[LockWanted] = frozenset()
    tell: frozenset[str] = frozenset()
    warn: frozenset[str] = frozenset()

    def join(self, other: "Demand") -> "Demand":
        """Return the demand that satisfies both."""
        return Demand(
            _merge(self.caps, other.caps, min),
            self.cancels | other.cancels,
            _merge(self.floors, other.floors, max),
            _merge(self.ceilings, other.ceilings, min),
            _merge(self.paces, other.paces, quicker),
            _merge(self.required, other.required, min),
            self.locks | other.locks,
            self.tell | other.tell,
            self.warn | other.warn,
        )


def _merge(one: Mapping[K, V], other: Mapping[K, V], better: Callable[[V, V], V]) -> Mapping[K, V]:
    if not one or not other:
        return one or other
    merged = dict(one)
    for key, value in other.items():
        merged[key] = better(value, merged[key]) if key in merged else value
    return merged


def quicker(one: Pace, other: Pace) -> Pace:
    """Return the pace that lets a stop be moved the soonest."""
    return Pace(min(one.step, other.step), min(one.every, other.every))


NOTHING = Demand()
