"""max: the larger of two."""

from typing import TypeVar

Quantity = TypeVar("Quantity", bound=int)


def larger(one: Quantity, other: Quantity) -> Quantity:
    """Return the larger of two values of one kind. With a window after it, `max` is an aggregate.

    >>> value("max(10 ticks, 4 ticks)")
    '10 ticks'
    """
    return max(one, other)
