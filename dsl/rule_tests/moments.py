"""When a step happens: times on the wall that never go back, weekdays that mean the next one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from dsl.rule_tests.steps import Clock, Later
from dsl.wall_time import place_on, wall
from engine.units import Instant


def moment_of(when: Clock | Later, now: Instant, zone: ZoneInfo) -> Instant | None:
    """Return when a step happens, None if that lies before `now`."""
    if isinstance(when, Later):
        return Instant(now + when.length)
    at = next_clock(when, now, zone)
    return at if at >= now else None


def next_clock(clock: Clock, now: Instant, zone: ZoneInfo) -> Instant:
    """Return a time of today, or with a weekday the next such moment from `now` on."""
    today = wall(now, zone).date()
    if clock.weekday is None:
        return place_on(today, clock.since_midnight, zone)
    day = today + timedelta(days=(clock.weekday - today.weekday()) % 7)
    at = place_on(day, clock.since_midnight, zone)
    return at if at >= now else place_on(day + timedelta(days=7), clock.since_midnight, zone)
