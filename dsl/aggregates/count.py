"""count: how many."""

from typing import Any

from dsl.aggregates import chunks
from engine.units import SCALE, Instant


class Count:
    """A number. A rolling one keeps the time of each item, any other only how many there were."""

    def __init__(self, *, rolling: bool) -> None:
        self.rolling = rolling

    def empty(self) -> Any:
        return chunks.EMPTY if self.rolling else 0

    def add(self, held: Any, value: int, at: Instant) -> Any:
        return chunks.push(held, at) if self.rolling else held + 1

    def forget(self, held: Any, until: Instant) -> Any:
        while self.rolling and (at := chunks.first(held)) is not None and at <= until:
            held = chunks.without_first(held)
        return held

    def oldest(self, held: Any) -> Instant | None:
        return chunks.first(held) if self.rolling else None

    def left_at(self, held: Any, number: int) -> Instant | None:
        """Return the time of the item with whose leaving only `number` are left; None if no more are there now."""
        length = chunks.length(held) if self.rolling else 0
        return chunks.nth(held, length - number - 1) if length > number >= 0 else None

    def result(self, held: Any) -> int | None:
        return SCALE * (chunks.length(held) if self.rolling else held)
