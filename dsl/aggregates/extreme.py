"""What `min` and `max` share: a rolling window keeps only the items that can still become the extreme.

An item ends where it stops counting: a trade at its own time, a sampled value (equity) when the next sample takes
its place, because until then it was still the value. Such an open end is -1, which is no time.
"""

from collections.abc import Callable
from typing import Any

from dsl.aggregates import chunks
from engine.units import Instant

OPEN_END = -1


class Extreme:
    """The best value so far, None for nothing. `beats(a, b)`: `a` makes `b` irrelevant."""

    def __init__(self, *, rolling: bool, sampled: bool, beats: Callable[[int, int], bool]) -> None:
        self.rolling, self.sampled, self.beats = rolling, sampled, beats

    def empty(self) -> Any:
        return chunks.EMPTY if self.rolling else ()

    def add(self, held: Any, value: int, at: Instant) -> Any:
        if not self.rolling:
            return held if held and self.beats(held[0], value) else (value,)
        newest = chunks.last(held)
        if newest is not None and newest[0] == OPEN_END:
            held = chunks.push(chunks.without_last(held), (at, newest[1]))
        while (newest := chunks.last(held)) is not None and self.beats(value, newest[1]):
            held = chunks.without_last(held)
        return chunks.push(held, (OPEN_END if self.sampled else at, value))

    def forget(self, held: Any, until: Instant) -> Any:
        if not self.rolling:
            return held
        while (item := chunks.first(held)) is not None and OPEN_END != item[0] <= until:
            held = chunks.without_first(held)
        return held

    def oldest(self, held: Any) -> Instant | None:
        item = chunks.first(held) if self.rolling else None
        return item[0] if item is not None and item[0] != OPEN_END else None

    def result(self, held: Any) -> int | None:
        if not self.rolling:
            return int(held[0]) if held else None
        item = chunks.first(held)
        return int(item[1]) if item is not None else None
