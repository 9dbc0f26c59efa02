"""One stretch at the desk, and the figures that a trader keeps track of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from engine.units import SECOND, Instant


@dataclass(frozen=True, slots=True)
class Trading:
    """What the trader did on a day so far: first and last fill of their own orders, and how many fills came off the clock."""

    first_at: Instant | None = None
    last_at: Instant | None = None
    off_clock: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """From clocking in to clocking out; `day` is the trading day it began in.

    `ended_at` None: still at the desk, or, once that day is over, gone without clocking out. `traded` is kept when
    the shift ends.
    """

    day: str
    started_at: Instant
    ended_at: Instant | None = None
    traded: Trading = Trading()

    def is_forgotten(self, today: str) -> bool:
        """Say whether nobody clocked out of it: then nobody knows how long it was."""
        return self.ended_at is None and self.day != today

    def seconds(self, now: Instant, today: str) -> int:
        """Return how long it was, or is so far; nothing where nobody knows."""
        if self.is_forgotten(today):
            return 0
        return ((self.ended_at or now) - self.started_at) // SECOND

    def covers(self, moment: Instant) -> bool:
        """Say whether the trader was clocked in at a moment."""
        return self.started_at <= moment and (self.ended_at is None or moment <= self.ended_at)


def at_the_desk(shifts: tuple[Shift, ...], today: str) -> Shift | None:
    """Return the shift that goes on, None when the trader is clocked out."""
    last = shifts[-1] if shifts else None
    return last if last is not None and last.ended_at is None and last.day == today else None


def days_in_a_row(worked: frozenset[str], trading_days: Iterable[str]) -> int:
    """Return on how many trading days without a break there was a shift; today counts once there was one.

    `trading_days` begins with today and goes back; weekends and holidays are none.
    """
    days: Iterator[str] = iter(trading_days)
    today = next(days, None)
    return (today in worked) + sum(1 for _ in takewhile(worked.__contains__, days))
