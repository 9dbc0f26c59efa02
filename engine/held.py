"""What the engine remembers from event to event: latches, what windows hold, and peaks of positions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.units import Instant, Money, Price, Ticks
from engine.venue import Fill


@dataclass(frozen=True, slots=True)
class Held:
    """What a window holds: its accumulator's state and the instant from which on it counts.

    `seen` items of its stream are in it already, of this `edition` of the book. So it misses none that came while
    nothing was judged, and counts none twice.
    """

    since: Instant
    state: Any
    edition: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Contracts that were added at one time, with a timer of their own (`for_each: scale_in`)."""

    due: Instant
    size: int


class Phase(StrEnum):
    """A rule's life. Pending means true, but not yet for long enough."""

    ARMED = "armed"
    PENDING = "pending"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Latch:
    """Where one tier of one rule stands for one subject.

    `due`: end of the `for:` timer while pending. `unknown_since`: the answer is unknown since then; a pending
    timer is frozen at `left` meanwhile. `clearing`: the condition stopped holding then, and `clear_for` runs.
    `renew`: breached under another text of the rule; it acts anew once its condition is known to hold.
    """

    phase: Phase
    since: Instant
    due: Instant | None = None
    left: int | None = None
    unknown_since: Instant | None = None
    clearing: Instant | None = None
    warned: bool = False
    renew: bool = False


@dataclass(frozen=True, slots=True)
class Peak:
    """The high-water marks of one position: the best mark, the ticks and the total profit it stood for.

    `is_long` and `opened_at` name the position; another one begins anew.
    """

    opened_at: Instant
    is_long: bool
    best_price: Price
    ticks: Ticks
    profit: Money


@dataclass(frozen=True, slots=True)
class HeardFill:
    """A fill, when we heard of it, on trusted time, and the size that was told of its contract until then, signed.

    `is_old`: it came late, and is from before a fill that was known when that size was told.
    """

    fill: Fill
    at: Instant
    told: int = 0
    is_old: bool = False
