"""outside: whether a schedule is closed now."""

from dsl.hours import SymbolHours
from engine.facts import Facts


def outside(f: Facts, hours: SymbolHours) -> bool:
    """Say whether it is now outside a schedule; the end of a range is already outside.

    >>> kind("outside(hours)")
    'yes/no'
    """
    return not hours.at(f.symbol.name).is_inside(f.now)
