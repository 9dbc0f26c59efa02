"""Whether some opening hours lie within others, whatever day it is."""

from dsl.hours import SymbolHours
from dsl.schedules import ScheduleData
from dsl.typed import Constant, Typed
from engine.units import DAY


def is_within(less: Typed, more: Typed) -> bool:
    """Say whether two schedules known at load are such that the first is never open when the second is closed."""
    one, other = _written(less), _written(more)
    return one is not None and other is not None and _narrower(one, other)


def _written(typed: Typed) -> ScheduleData | None:
    held = typed.ref.value if isinstance(typed.ref, Constant) else None
    return held.written if isinstance(held, SymbolHours) else None


def _narrower(less: ScheduleData, more: ScheduleData) -> bool:
    if less.tz != more.tz or not set(less.days) <= set(more.days):
        return False
    if not set(less.closed_on) >= set(more.closed_on) or less.lead < more.lead:
        return False
    return all(any(_holds(wide, narrow) for wide in more.hours) for narrow in less.hours)


def _holds(wide: tuple[int, int], narrow: tuple[int, int]) -> bool:
    """Say whether one range of a day holds another; a range whose end is not later than its start ends next day."""
    ends = [end if end > start else end + DAY for start, end in (wide, narrow)]
    return wide[0] <= narrow[0] and ends[1] <= ends[0]
