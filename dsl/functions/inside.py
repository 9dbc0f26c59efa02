"""inside: whether a schedule is open now."""

from dsl.hours import SymbolHours
from engine.facts import Facts


def inside(f: Facts, hours: SymbolHours) -> bool:
    """Say whether it is now within a schedule, cut to the hours in which the venue takes orders.

    >>> kind("inside(hours)")
    'yes/no'
    """
    return hours.at(f.symbol.name).is_inside(f.now)
