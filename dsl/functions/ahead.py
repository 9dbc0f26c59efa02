"""ahead: a price on the winning side."""

from dsl.instrument import moved
from engine.facts import Facts
from engine.units import Price, Ticks


def ahead(f: Facts, price: Price, distance: Ticks) -> Price | None:
    """Return the price `distance` to the winning side: higher for a long position, lower for a short one.

    >>> kind("ahead(position.entry_price, 2 ticks)")
    'price'
    """
    sign = f.position.sign
    return None if sign is None else moved(f, price, Ticks(sign * distance))
