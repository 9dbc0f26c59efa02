"""A queue that never changes: what rolling windows hold, at constant cost for each item that comes or goes.

A plain tuple would be copied whole for every item. Here only one chunk of at most `SIZE` items is copied, and the
row of chunks once in `SIZE` items. The whole is made of tuples and ints, so it can be stored as it is.
"""

from typing import Any

SIZE = 64
"""Items in a full chunk: small enough to copy, large enough that the row of chunks stays short."""

Queue = tuple[int, tuple[tuple[Any, ...], ...], tuple[Any, ...]]
"""How many items of the front chunk are gone, the full chunks, and the newest items (empty only when all is)."""

EMPTY: Queue = (0, (), ())


def length(queue: Queue) -> int:
    """Return how many items there are."""
    start, full, tail = queue
    return len(full) * SIZE + len(tail) - start


def push(queue: Queue, item: Any) -> Queue:
    """Return the queue with one more item at its end."""
    start, full, tail = queue
    if len(tail) == SIZE:
        return start, (*full, tail), (item,)
    return start, full, (*tail, item)


def first(queue: Queue) -> Any:
    """Return the oldest item, None if there is none."""
    start, full, tail = queue
    front = full[0] if full else tail
    return front[start] if start < len(front) else None


def without_first(queue: Queue) -> Queue:
    """Return the queue without its oldest item."""
    start, full, tail = queue
    start += 1
    if start < len(full[0] if full else tail):
        return start, full, tail
    return (0, full[1:], tail) if full else EMPTY


def last(queue: Queue) -> Any:
    """Return the newest item, None if there is none."""
    return queue[2][-1] if queue[2] else None


def without_last(queue: Queue) -> Queue:
    """Return the queue without its newest item."""
    start, full, tail = queue
    tail = tail[:-1]
    if not tail and full:
        full, tail = full[:-1], full[-1]
    return EMPTY if not full and start >= len(tail) else (start, full, tail)


def nth(queue: Queue, place: int) -> Any:
    """Return the item at a place, 0 for the oldest; None beyond the end."""
    start, full, tail = queue
    chunk, inside = divmod(start + place, SIZE)
    row = full[chunk] if chunk < len(full) else tail
    return row[inside] if chunk <= len(full) and inside < len(row) else None


def items(queue: Queue) -> list[Any]:
    """Return all items, oldest first."""
    start, full, tail = queue
    return [item for chunk in (*full, tail) for item in chunk][start:]
