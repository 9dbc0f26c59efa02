"""What one line of a rule test says: when, what happens, and what must follow."""

from dataclasses import dataclass
from typing import Literal

from dsl.problems import Span
from dsl.rule_tests.settable import Written
from engine.units import Duration, Money, Price
from engine.venue import Side


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the wall: microseconds since midnight; `weekday` (0 is Monday) means the next such day."""

    since_midnight: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """That long after the step before."""

    length: Duration


@dataclass(frozen=True, slots=True)
class Trade:
    """A whole round trip of one contract is booked; `pnl` is net of all costs."""

    symbol: str
    pnl: Money


@dataclass(frozen=True, slots=True)
class Open:
    """A position is opened or added to. `size` is positive."""

    symbol: str
    side: Side
    size: int
    price: Price


@dataclass(frozen=True, slots=True)
class Close:
    """The trader closes a position, or `size` contracts of it."""

    symbol: str
    size: int | None
    price: Price


@dataclass(frozen=True, slots=True)
class Quoted:
    """The market trades at a price from here on: bid and ask are the same."""

    symbol: str
    price: Price


@dataclass(frozen=True, slots=True)
class Stop:
    """The protective stop of a position: placed, moved, or with no price taken away."""

    symbol: str
    price: Price | None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """The trader sends an order: with a price it rests until cancelled, without one it fills at once."""

    symbol: str
    side: Side
    size: int
    price: Price | None


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """The trader cancels the resting orders of a symbol; protective stops stay."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Void:
    """The venue takes the last trade back."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A release of high impact is scheduled at a time of today."""

    since_midnight: int
    title: str


@dataclass(frozen=True, slots=True)
class SetField:
    """A fact changes at the venue; None: it is unknown."""

    field: str
    value: Written


@dataclass(frozen=True, slots=True)
class Stale:
    """The newest quote of a symbol is this old, and no newer one comes."""

    symbol: str
    age: Duration


@dataclass(frozen=True, slots=True)
class Restart:
    """The guard is stopped and started again; what it stored is there, the rest is read from the venue."""


@dataclass(frozen=True, slots=True)
class Reload:
    """The rule is loaded anew from a file."""

    path: str


Event = (
    Trade
    | Open
    | Close
    | Quoted
    | Stop
    | PlaceOrder
    | CancelOrders
    | Void
    | NewsItem
    | SetField
    | Stale
    | Restart
    | Reload
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """`words` in the form in which happenings are said. `until` only of a lock; None: it ends on a condition."""

    words: str
    until: Clock | Literal["manual"] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line."""

    span: Span
    when: Clock | Later
    event: Event | None
    expects: tuple[Expectation, ...]
