"""step: a plan's ladder of values."""

from typing import TypeVar

Quantity = TypeVar("Quantity", bound=int)
Result = TypeVar("Result")


def step(quantity: Quantity, bounds: tuple[Quantity, ...], values: tuple[Result, ...]) -> Result | None:
    """Return the first value up to and including the first bound, the second up to the second, and so on.

    Beyond the last bound, or beyond the last value, the last value holds. Without values: unknown.

    >>> value("step($1,500, [$1,500, $2,000], [2 contracts, 3 contracts, 5 contracts])")
    '2 contracts'
    >>> value("step($2,001, [$1,500, $2,000], [2 contracts, 3 contracts, 5 contracts])")
    '5 contracts'
    """
    if not values:
        return None
    place = sum(1 for bound in bounds if quantity > bound)
    return values[min(place, len(values) - 1)]
