"""drawdown: the deepest fall from a peak."""

from typing import Any

from dsl.aggregates import folded
from dsl.aggregates.folded import EMPTY, Fold, Folding
from engine.units import Instant


class Drawdown:
    """The deepest fall from a peak in the window, as a size; 0 for nothing.

    Results of a stream (`pnl of trades`) are added up, and the peak is at least the 0 they start from; a sampled
    value (`account.equity`) is a level itself and counts until the next takes its place. A row of items folds into
    four numbers: how far it moves the level, its highest and lowest level, its deepest fall. State: that fold; of a
    rolling window the items that may still leave it, and the fold of the newest sample, which cannot.
    """

    def __init__(self, *, rolling: bool, sampled: bool = False) -> None:
        self.rolling, self.sampled = rolling, sampled
        self.folding = Folding(_level if sampled else _result, _join)

    def empty(self) -> Any:
        return (EMPTY, ()) if self.rolling else ()

    def add(self, held: Any, value: int, at: Instant) -> Any:
        new = self.folding.lift(value)
        if not self.rolling:
            return self.folding.join(held, new)
        queue, newest = held
        if not self.sampled:
            return self.folding.push(queue, at, value), ()
        if newest == new:  # it only goes on
            return held
        return (self.folding.push(queue, at, newest[1]) if newest else queue), new

    def forget(self, held: Any, until: Instant) -> Any:
        return (self.folding.without(held[0], until), held[1]) if self.rolling else held

    def oldest(self, held: Any) -> Instant | None:
        return folded.oldest(held[0]) if self.rolling else None

    def result(self, held: Any) -> int | None:
        fold = self.folding.join(self.folding.fold(held[0]), held[1]) if self.rolling else held
        return fold[3] if fold else 0


def _level(value: int) -> Fold:
    return 0, value, value, 0


def _result(value: int) -> Fold:
    return value, max(value, 0), min(value, 0), max(-value, 0)


def _join(older: Fold, newer: Fold) -> Fold:
    moved, high, low, deepest = older
    move, above, below, fall = newer
    lowest = moved + below
    return moved + move, max(high, moved + above), min(low, lowest), max(deepest, fall, high - lowest)
