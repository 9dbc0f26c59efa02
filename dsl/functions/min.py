"""min: the smaller of two."""

from typing import TypeVar

Quantity = TypeVar("Quantity", bound=int)


def smaller(one: Quantity, other: Quantity) -> Quantity:
    """Return the smaller of two values of one kind. With a window after it, `min` is an aggregate.

    >>> value("min($500, $2,000)")
    '$500'
    """
    return min(one, other)
