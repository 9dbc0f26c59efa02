"""Ends of locks as people say them: `2h`, `reset`, `15:00`, or a date with time and offset."""

import re
from datetime import datetime

from engine.schedule import Calendar
from engine.units import DAY, HOUR, MINUTE, SECOND, Instant
from service.doors.refused import Code, Refused
from service.iso import EPOCH

_LENGTH = re.compile(r"([1-9]\d{0,5})([smhd])", re.ASCII)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
HELP = "write 30m, 2h, reset (the next trading day), 15:00 (the ruleset's clock) or 2026-12-01T15:00-06:00"


def moment_of(words: str, calendar: Calendar, now: Instant) -> Instant:
    """Return the instant that is meant, always after `now`. Raises Refused."""
    if words == "reset":
        return calendar.trading_day.next_after(now)
    if match := _LENGTH.fullmatch(words):
        return Instant(now + int(match[1]) * UNITS[match[2]])
    if match := _CLOCK.fullmatch(words):
        return _next_clock(int(match[1]) * HOUR + int(match[2]) * MINUTE, calendar, now)
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(Code.BAD_REQUEST, f"`{words[:40]}` is no time to lock until", HELP)
    since = moment - EPOCH
    instant = Instant(((since.days * 86_400) + since.seconds) * SECOND)
    if instant <= now:
        raise Refused(Code.BAD_REQUEST, f"`{words[:40]}` is over already", HELP)
    return instant


def _next_clock(wanted: int, calendar: Calendar, now: Instant) -> Instant:
    """Return the next instant at which the wall of the ruleset's zone shows this time of day.

    In a night on which the clocks change, the wall shows another time there than was counted: that is put right. A
    time that the wall skips becomes the hour after it, so that no lock ends too early.
    """
    ahead = (wanted - calendar.clock(now)) % DAY or DAY
    counted = Instant(now + ahead)
    off = (wanted - calendar.clock(counted) + DAY // 2) % DAY - DAY // 2
    righted = Instant(counted + off)
    if calendar.clock(righted) != wanted or righted <= now:
        return max(counted, righted)
    return righted
