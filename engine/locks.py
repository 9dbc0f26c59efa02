"""Locks: stored facts that refuse entries until they end. Exits are always allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from engine.scope import Scope
from engine.units import Instant
from engine.venue import Side


class TradingState(StrEnum):
    """What a scope may do, from loosest to strictest."""

    OPEN = "open"
    NO_INCREASE = "no_increase"
    FLAT_ONLY = "flat_only"


class LockKind(StrEnum):
    """What people call it: until a moment, for a while, one symbol, or asked for by the trader."""

    LOCKOUT = "lockout"
    COOLDOWN = "cooldown"
    BLOCK = "block"
    VOLUNTARY = "voluntary"


class EndKind(StrEnum):
    """What ends a lock."""

    INSTANT = "instant"
    CONDITION = "condition"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class LockEnd:
    """When a lock ends.

    INSTANT: at `at`. CONDITION: when the rule's `until:` holds; `at` then is only the instant at which that will be
    so by time alone, as far as known, for display. MANUAL: an admin lifts it.
    """

    kind: EndKind
    at: Instant | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """One row. It is never shortened or overwritten; a later breach of the same cause can only extend it.

    `caps` is the ratchet: the smallest size seen in each contract since the lock began; a contract without a row
    counts as 0. FLAT_ONLY needs no row. `source` names the cause (`rule/tier/subject`) or the person.
    """

    id: str
    scope: Scope
    kind: LockKind
    state: TradingState
    set_at: Instant
    end: LockEnd
    source: str
    rule: str
    reason: str
    side: Side | None = None
    caps: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    condition: str = ""
    by: str = "rule"
    digest: str = ""


TRADER = "trader"
"""Who asked for a lock: the trader, for themselves."""


def is_promise(lock: Lock) -> bool:
    """Say whether a lock is the trader's own promise with an end: nobody shortens it, an admin neither."""
    return lock.kind is LockKind.VOLUNTARY and lock.by == TRADER and lock.end.kind is EndKind.INSTANT
