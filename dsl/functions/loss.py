"""loss: how much was lost, as a size."""

from engine.units import ZERO, Money


def loss(result: Money) -> Money:
    """Return the size of a negative result; nothing lost is zero.

    >>> value("loss(-$350)")
    '$350'
    >>> value("loss($120)")
    '$0'
    """
    return Money(max(-result, ZERO))
