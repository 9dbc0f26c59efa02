"""Moments as people say them: `17:00 CST`, `Sun 17:00 CST`, `2025-03-20 17:00 CDT`."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from dsl.wall_time import SECOND, aware
from engine.units import Instant

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NEAR = timedelta(days=6)
"""Within it a weekday is not ambiguous."""


def say(moment: Instant, now: Instant, zone: ZoneInfo) -> str:
    """Return a moment in a zone, with the weekday or the date where it is not today's; seconds only if there are any.

    A moment still to come is rounded up to the second, so that nobody is told a lock ends before it does.
    """
    then = aware(moment, zone)
    if then.microsecond:
        then = then.replace(microsecond=0)
        if moment > now:
            then += SECOND
    clock = f"{then:%H:%M:%S}" if then.second else f"{then:%H:%M}"
    return f"{_day(then.date() - aware(now, zone).date(), then.weekday(), str(then.date()))}{clock} {then:%Z}"


def _day(away: timedelta, weekday: int, written: str) -> str:
    if not away:
        return ""
    return f"{WEEKDAYS[weekday]} " if abs(away) <= NEAR else f"{written} "
