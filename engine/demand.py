"""What rules in force want, and how the wants of many rules become one: the join, the strictest of all.

Join is associative, commutative and idempotent (`dsl.md` 7), so the order of rules, or the same rule twice, never
changes a decision, and adding a rule can only make things stricter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.locks import LockEnd, LockKind
from engine.scope import Scope
from engine.units import Price
from engine.venue import Side

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
class Demand:
    """One point of the lattice. An empty demand wants nothing.

    `caps`: largest size (contracts, no sign) that each contract of a scope may have; smallest wins.
    `cancels`: scopes without entry orders; union. `stops`: each stop of a contract at least this tight; `floors`
    for longs (highest wins), `ceilings` for shorts (lowest wins). `locks`, `tell`, `warn`: union.
    """

    caps: Mapping[Scope, int] = field(default_factory=lambda: MappingProxyType({}))
    cancels: frozenset[Cancel] = frozenset()
    floors: Mapping[str, Price] = field(default_factory=lambda: MappingProxyType({}))
    ceilings: Mapping[str, Price] = field(default_factory=lambda: MappingProxyType({}))
    locks: frozenset[LockWanted] = frozenset()
    tell: frozenset[str] = frozenset()
    warn: frozenset[str] = frozenset()

    def join(self, other: "Demand") -> "Demand":
        """Return the demand that satisfies both."""
        caps = dict(self.caps)
        for scope, size in other.caps.items():
            caps[scope] = min(size, caps.get(scope, size))
        floors = dict(self.floors)
        for contract, price in other.floors.items():
            floors[contract] = max(price, floors.get(contract, price))
        ceilings = dict(self.ceilings)
        for contract, price in other.ceilings.items():
            ceilings[contract] = min(price, ceilings.get(contract, price))
        return Demand(
            caps,
            self.cancels | other.cancels,
            floors,
            ceilings,
            self.locks | other.locks,
            self.tell | other.tell,
            self.warn | other.warn,
        )


NOTHING = Demand()
