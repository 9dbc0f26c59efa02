"""near: whether an announced event is close in time."""

from dsl.hours import EventCalendar
from engine.units import Duration


def near(events: EventCalendar, before: Duration, after: Duration) -> bool | None:
    """Say whether an event is at most `before` ahead or at most `after` ago; unknown while its list is.

    >>> kind("near(news.high_impact, 5m, 10m)")
    'yes/no'
    """
    return events.near(before, after)
