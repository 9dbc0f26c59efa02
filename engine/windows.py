"""Aggregates over a stretch of time, kept up to date item by item.

The engine owns the state (`Held`), the language brings the code: a `Window` names the stream, the span and the
accumulator. Items are only ever added in order of time; a late or voided one makes the engine add all again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from engine.facts import Facts
from engine.streams import Stream
from engine.units import Duration, Instant


class Accumulator(Protocol):
    """The arithmetic of one aggregate. `held` is its own immutable state, made of tuples and ints."""

    def empty(self) -> Any:
        """Return the state with no item in it."""

    def add(self, held: Any, value: int, at: Instant) -> Any:
        """Return the state with one more item; `at` never falls."""

    def forget(self, held: Any, until: Instant) -> Any:
        """Return the state without the items at or before `until`."""

    def oldest(self, held: Any) -> Instant | None:
        """Return the time of the oldest item still held, None if there is none or it is not kept."""

    def result(self, held: Any) -> int | None:
        """Return the aggregate, None when it has no value (the maximum of nothing)."""


class SpanStart(StrEnum):
    """Where a window begins when it is not a rolling one."""

    RESET = "reset"
    SESSION = "session"
    TRADING_DAY = "trading_day"
    WEEK = "week"
    MONTH = "month"
    OPEN = "open"
    START = "start"
    FIRED = "fired"
    PAYOUT = "payout"


@dataclass(frozen=True, slots=True)
class OverLast:
    """A rolling window: an item leaves it exactly `length` after its time."""

    length: Duration


Span = OverLast | SpanStart


@dataclass(frozen=True, slots=True)
class Window:
    """One aggregate of one rule. `stream` None: the window samples `value` itself whenever it changes.

    `keep` is the `where`: an item for which it is not plainly true stays out. `value` gives what is
    aggregated, any number for a count.
    """

    key: str
    stream: Stream | None
    span: Span
    keep: Callable[[Any, Facts], bool | None]
    value: Callable[[Any, Facts], int | None]
    accumulator: Accumulator
