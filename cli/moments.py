"""Times as people read them: the exchange's clock, countdowns, ages."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

EXCHANGE = "America/Chicago"


def exchange_zone() -> tzinfo:
    """Return the zone of the exchange; zone data comes with the package on Windows."""
    return ZoneInfo(EXCHANGE)


def clock_time(moment: datetime, zone: tzinfo | None) -> str:
    """Return `14:23:15` in a zone (None: this computer's)."""
    return moment.astimezone(zone).strftime("%H:%M:%S")


def short_time(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Return `15:10 CST`, with the weekday where it is not today."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    form = "%H:%M %Z" if there.date() == here.date() else "%a %H:%M %Z"
    return there.strftime(form)


def long_time(moment: datetime, zone: tzinfo | None) -> str:
    """Return `Tue 2026-11-24 09:14:22 CST`."""
    return moment.astimezone(zone).strftime("%a %Y-%m-%d %H:%M:%S %Z")


def countdown(until: datetime, now: datetime) -> str:
    """Return what is left: `28m 14s`, `2h 05m`, `3d 4h`; `now` once it is over. A started second counts as whole."""
    left = until - now
    if left <= timedelta(0):
        return "now"
    return length(left + timedelta(microseconds=999_999))


def length(span: timedelta) -> str:
    """Return a length in its two largest units."""
    seconds = max(0, int(span.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d {hours}h"
    if hours:
        return f"{hours}h {minutes:02}m"
    return f"{minutes}m {seconds:02}s" if minutes else f"{seconds}s"
