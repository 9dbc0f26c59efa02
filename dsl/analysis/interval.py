"""Intervals: between which two values a quantity lies, for all that is known."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Bound = Fraction | None
"""In steps of the unit; None: no end on this side."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Bound = None
    high: Bound = None

    @property
    def is_empty(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high

    def meet(self, other: "Interval") -> "Interval":
        """Return the values in both."""
        low = max((bound for bound in (self.low, other.low) if bound is not None), default=None)
        high = min((bound for bound in (self.high, other.high) if bound is not None), default=None)
        return Interval(low, high)

    def join(self, other: "Interval") -> "Interval":
        """Return the smallest interval with both in it."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def plus(self, other: "Interval") -> "Interval":
        """Return all sums."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def times(self, factor: Fraction) -> "Interval":
        """Return all values times a factor that is not zero."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high) if factor > 0 else Interval(high, low)

    def at_least(self, bound: int) -> "Interval":
        """Return the interval of the larger of each value and `bound`."""
        low = Fraction(bound) if self.low is None else max(self.low, Fraction(bound))
        return Interval(low, None if self.high is None else max(self.high, Fraction(bound)))

    def in_steps(self) -> "Interval":
        """Return the interval of the whole steps in it."""
        low = None if self.low is None else Fraction(ceil(self.low))
        return Interval(low, None if self.high is None else Fraction(floor(self.high)))

    def widened(self, slack: Fraction) -> "Interval":
        """Return the interval, larger by `slack` on both sides."""
        return self.plus(Interval(-slack, slack))


ANYTHING = Interval()
SIZE = Interval(Fraction(0), None)
"""Never below zero."""

YES_OR_NO = Interval(Fraction(0), Fraction(1))


def exactly(value: int | Fraction) -> Interval:
    """Return the interval of one value."""
    return Interval(Fraction(value), Fraction(value))
