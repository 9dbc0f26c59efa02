"""Between the wall of a zone and instants: the only place where the language touches time zones.

The zone's rules come from `zoneinfo`; nothing here adds hours to local times.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.units import Instant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)


class UnknownZone(ValueError):
    """There is no such zone. The message names it."""


def zone_named(name: str) -> ZoneInfo:
    """Return the zone called `name` (`America/Chicago`). Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as failure:  # OSError: the name of a folder
        raise UnknownZone(f"there is no time zone called `{name}`") from failure


def instant_of(moment: datetime) -> Instant:
    """Return an aware time as microseconds since the epoch, exactly."""
    return Instant((moment - EPOCH) // MICROSECOND)


def aware(moment: Instant, zone: ZoneInfo) -> datetime:
    """Return an instant as the zone's own time."""
    return (EPOCH + moment * MICROSECOND).astimezone(zone)


def wall(moment: Instant, zone: ZoneInfo) -> datetime:
    """Return what a clock on the wall shows, without a zone."""
    return aware(moment, zone).replace(tzinfo=None, fold=0)


def place(shown: datetime, zone: ZoneInfo) -> Instant:
    """Return the instant at which a wall clock shows `shown`.

    A time that occurs twice (autumn) means the first; one that never occurs (spring) means the first instant that
    does exist: the moment the clocks jump.
    """
    first = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == shown:
        return instant_of(first)
    before, after = shown.replace(tzinfo=zone, fold=1).astimezone(UTC), first
    offset = before.astimezone(zone).utcoffset()
    while after - before > SECOND:  # the zone database changes offsets at whole seconds
        middle = before + (after - before) // (2 * SECOND) * SECOND
        if middle == before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return instant_of(after.replace(microsecond=0))


def place_on(day: date, since_midnight: int, zone: ZoneInfo) -> Instant:
    """Return the instant of a time of day, given in microseconds since midnight; it may lie on a later day."""
    return place(datetime.combine(day, time()) + since_midnight * MICROSECOND, zone)
