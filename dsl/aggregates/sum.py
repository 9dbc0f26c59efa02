"""sum: all of them together."""

from typing import Any

from dsl.aggregates import chunks
from engine.units import Instant


class Sum:
    """The sum in the value's unit, 0 for nothing. State: what a rolling one may have to take away, and the sum."""

    def __init__(self, *, rolling: bool) -> None:
        self.rolling = rolling

    def empty(self) -> Any:
        return chunks.EMPTY, 0

    def add(self, held: Any, value: int, at: Instant) -> Any:
        queue, total = held
        return (chunks.push(queue, (at, value)) if self.rolling else queue), total + value

    def forget(self, held: Any, until: Instant) -> Any:
        queue, total = held
        while (item := chunks.first(queue)) is not None and item[0] <= until:
            queue, total = chunks.without_first(queue), total - item[1]
        return queue, total

    def oldest(self, held: Any) -> Instant | None:
        item = chunks.first(held[0])
        return item[0] if item else None

    def result(self, held: Any) -> int | None:
        return int(held[1])
