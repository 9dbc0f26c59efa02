"""Price bars, built from the prints as they happen."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from connectors.simulator.core.instants import HOUR, MINUTE, SECOND, Instant

UNIT_LENGTH = {1: SECOND, 2: MINUTE, 3: HOUR, 4: 24 * HOUR, 5: 7 * 24 * HOUR, 6: 30 * 24 * HOUR}


@dataclass(slots=True)
class Bar:
    """One bar; `at` is the instant it opened."""

    at: Instant
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: int

    def add(self, later: "Bar") -> None:
        """Take in a bar that follows."""
        self.high, self.low = max(self.high, later.high), min(self.low, later.low)
        self.close = later.close
        self.volume += later.volume


class Bars:
    """Second bars of the last hour and minute bars of the last fortnight of one contract."""

    def __init__(self) -> None:
        self._seconds: deque[Bar] = deque(maxlen=3_600)
        self._minutes: deque[Bar] = deque(maxlen=20_000)

    def add(self, at: Instant, price: Decimal, volume: int) -> None:
        """Take in one print."""
        for bars, length in ((self._seconds, SECOND), (self._minutes, MINUTE)):
            start = at // length * length
            bar = Bar(start, price, price, price, price, volume)
            if bars and bars[-1].at == start:
                bars[-1].add(bar)
            else:
                bars.append(bar)

    def fill_past(self, minutes: Iterable[Bar]) -> None:
        """Take in minute bars from before the world started, oldest first."""
        self._minutes.extend(minutes)

    def query(self, unit: int, number: int, start: Instant, end: Instant) -> list[Bar]:
        """Return bars of `number` units that open within [start, end), oldest first."""
        length = UNIT_LENGTH[unit] * number
        source = self._seconds if unit == 1 else self._minutes
        found: list[Bar] = []
        for bar in source:
            opened = bar.at // length * length
            if not start <= opened < end:
                continue
            piece = Bar(opened, bar.open, bar.high, bar.low, bar.close, bar.volume)
            if found and found[-1].at == opened:
                found[-1].add(piece)
            else:
                found.append(piece)
        return found
