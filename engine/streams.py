"""The items that windows count: fills, entries and round turns, each with the names that rules use."""

from dataclasses import dataclass
from enum import StrEnum

from engine.units import Contracts, Duration, Instant, Money, Price


class Stream(StrEnum):
    """A kind of event that a rule can aggregate over."""

    FILLS = "fills"
    ENTRIES = "entries"
    TRADES = "trades"
    PLACED = "placed"
    DAYS = "days"
    FIRINGS = "firings"


REMEMBERED = {Stream.PLACED: 500, Stream.FIRINGS: 100, Stream.DAYS: 1000}
"""How many items of streams that nobody can read again from the venue are counted; with more a window is unknown."""


@dataclass(frozen=True, slots=True)
class FillItem:
    """An execution; `pnl` is what it booked, net of its own costs (decision 1)."""

    at: Instant
    pnl: Money
    quantity: Contracts
    price: Price
    symbol: str
    contract: str
    side: str
    is_enforced: bool


@dataclass(frozen=True, slots=True)
class EntryItem:
    """An order that raised the absolute size, at its first fill. Our own orders are never entries."""

    at: Instant
    quantity: Contracts
    symbol: str
    contract: str
    side: str


@dataclass(frozen=True, slots=True)
class RoundTurn:
    """One completed trade, flat to flat in a contract: net of costs on both sides.

    `at` is its last fill, `side` that of the entry. A scratch lies within the break-even band.
    """

    id: int
    at: Instant
    pnl: Money
    quantity: Contracts
    duration: Duration
    symbol: str
    contract: str
    side: str
    is_scratch: bool
    is_enforced: bool

    @property
    def loss(self) -> Money:
        return Money(max(-self.pnl, 0))

    @property
    def profit(self) -> Money:
        return Money(max(self.pnl, 0))


@dataclass(frozen=True, slots=True)
class Firing:
    """An earlier breach of the same rule."""

    at: Instant
    tier: str


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An order that the trader sent, filled or not; bracket legs and our own orders are none."""

    at: Instant
    quantity: Contracts
    symbol: str
    contract: str
    side: str


@dataclass(frozen=True, slots=True)
class DayItem:
    """A finished trading day with what its fills booked, net."""

    at: Instant
    pnl: Money


Item = FillItem | EntryItem | RoundTurn | Firing | PlacedItem | DayItem
