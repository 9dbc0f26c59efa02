"""drawdown: the deepest fall from a peak."""

from typing import Any

from dsl.aggregates import chunks
from engine.units import Instant


class Drawdown:
    """The deepest fall from a peak in the window, as a size; 0 for nothing.

    Results of a stream (`pnl of trades`) are added up first, and the peak is at least the 0 they start from; a
    sampled value (`account.equity`) is taken as it is. State: a rolling one's items, the level (None before the
    first), its peak and the deepest fall. A rolling one folds again when items leave: a peak cannot be taken back.
    """

    def __init__(self, *, rolling: bool, sampled: bool = False) -> None:
        self.rolling, self.sampled = rolling, sampled

    def empty(self) -> Any:
        return (chunks.EMPTY, None, 0, 0)

    def add(self, held: Any, value: int, at: Instant) -> Any:
        queue, level, peak, deepest = held
        level = value if self.sampled else (level or 0) + value
        peak = level if self.sampled and held[1] is None else max(peak, level)
        if self.rolling:
            queue = chunks.push(queue, (at, value))
        return (queue, level, peak, max(deepest, peak - level))

    def forget(self, held: Any, until: Instant) -> Any:
        if not self.rolling or not self._goes(items := chunks.items(held[0]), until):
            return held
        again = self.empty()
        while self._goes(items, until):
            items = items[1:]
        for at, value in items:
            again = self.add(again, value, at)
        return again

    def _goes(self, items: list[Any], until: Instant) -> bool:
        """Say whether the oldest item leaves; a sampled one counts until the next takes its place."""
        ends = items[1:2] if self.sampled else items[:1]
        return bool(ends) and ends[0][0] <= until

    def oldest(self, held: Any) -> Instant | None:
        items = chunks.items(held[0])
        ends = items[1:2] if self.sampled else items[:1]
        return ends[0][0] if ends else None

    def result(self, held: Any) -> int | None:
        return int(held[3])
