"""profit: how much was won, as a size."""

from engine.units import ZERO, Money


def profit(result: Money) -> Money:
    """Return a positive result; a loss is zero.

    >>> value("profit($120)")
    '$120'
    >>> value("profit(-$350)")
    '$0'
    """
    return Money(max(result, ZERO))
