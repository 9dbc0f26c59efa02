"""behind: a price on the losing side."""

from dsl.functions.ahead import ahead
from engine.facts import Facts
from engine.units import Price, Ticks


def behind(f: Facts, price: Price, distance: Ticks) -> Price | None:
    """Return the price `distance` to the losing side: lower for a long position, higher for a short one.

    >>> kind("behind(position.entry_price, 10 ticks)")
    'price'
    """
    return ahead(f, price, Ticks(-distance))
