"""A queue that always knows the fold of all it holds, though nothing can be taken out of a fold again.

What left cannot be subtracted from a peak. So the queue stands on two legs: newer chunks are folded as they come,
older ones once from their end, so that each carries the fold of itself and all behind it. An item is folded three
times in its life, whatever the length of the window; at one event at most a chunk and the row of chunks are.
"""

from collections.abc import Callable
from typing import Any

from dsl.aggregates.chunks import SIZE
from engine.units import Instant

Fold = tuple[int, ...]
"""What a row of items comes to; of nothing it is the empty tuple."""

EMPTY: Any = ((), (), (), (), (), ())
"""The oldest items (last is the oldest) with the fold from each on; older chunks the same way; newer chunks with their
own folds, and the fold of all of them; the newest items, and their fold."""


class Folding:
    """The work on such a queue. `lift` makes the fold of one value, `join` that of two rows, older and newer."""

    def __init__(self, lift: Callable[[int], Fold], join: Callable[[Fold, Fold], Fold]) -> None:
        self.lift, self._join = lift, join

    def join(self, older: Fold, newer: Fold) -> Fold:
        """Return the fold of two rows, either of which may be empty."""
        return self._join(older, newer) if older and newer else older or newer

    def push(self, queue: Any, at: Instant, value: int) -> Any:
        """Return the queue with one more item at its end."""
        front, older, newer, newer_fold, tail, tail_fold = queue
        if len(tail) == SIZE:
            newer, newer_fold = (*newer, (tail, tail_fold)), self.join(newer_fold, tail_fold)
            tail, tail_fold = (), ()
        return front, older, newer, newer_fold, (*tail, (at, value)), self.join(tail_fold, self.lift(value))

    def without(self, queue: Any, until: Instant) -> Any:
        """Return the queue without the items at or before `until`."""
        while (at := oldest(queue)) is not None and at <= until:
            front, *others = queue if queue[0] else self._refilled(queue)
            queue = (front[:-1], *others)
        return queue

    def fold(self, queue: Any) -> Fold:
        """Return the fold of all items."""
        front, older, _, newer_fold, _, tail_fold = queue
        early = self.join(front[-1][1] if front else (), older[-1][1] if older else ())
        return self.join(self.join(early, newer_fold), tail_fold)

    def _refilled(self, queue: Any) -> Any:
        """Return the queue with its oldest chunk opened; nothing is open, and there is at least one item."""
        _, older, newer, newer_fold, tail, tail_fold = queue
        if not older and newer:
            older, newer, newer_fold = self._from_the_end(newer, lambda own: own), (), ()
        if older:
            return self._opened(older[-1][0]), older[:-1], newer, newer_fold, tail, tail_fold
        return self._opened(tail), (), (), (), (), ()

    def _opened(self, chunk: Any) -> Any:
        return self._from_the_end(chunk, self.lift)

    def _from_the_end(self, rows: Any, fold_of: Callable[[Any], Fold]) -> Any:
        """Return rows the other way round, each with the fold of itself and of all that are newer."""
        found: list[tuple[Any, Fold]] = []
        fold: Fold = ()
        for key, own in reversed(rows):
            fold = self.join(fold_of(own), fold)
            found.append((key, fold))
        return tuple(found)


def oldest(queue: Any) -> Instant | None:
    """Return the time of the oldest item, None if there is none."""
    front, older, newer, _, tail, _ = queue
    if front:
        return Instant(front[-1][0])
    chunk = older[-1][0] if older else newer[0][0] if newer else tail
    return Instant(chunk[0][0]) if chunk else None
