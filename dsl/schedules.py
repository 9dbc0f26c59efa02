"""Schedules: hours of the week in a zone, cut to the market's hours, ended early by a lead."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dsl.schedules_spans import Span, common, ended_early, merged, without
from dsl.wall_time import UnknownZone, place_on, wall, zone_named
from engine.units import DAY, Duration, Instant

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MARGIN = 2
"""Days to look beyond each end of a stretch: an opening may belong to the next day, a close to the one after."""

REACHES = (5, 40, 400)
"""How many days to look for a change, in turn. A schedule that does not change in a year does not change."""

Spans = Callable[[date, date], list[Span]]
"""Gives the open stretches, exact from the start of the first day to the end of the last, perhaps more around."""


class BadSchedule(ValueError):
    """Hours that cannot be used. `part` says which: `tz`, `days`, `hours` or `lead`."""

    def __init__(self, reason: str, part: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.part = part


@dataclass(frozen=True, slots=True)
class ScheduleData:
    """A schedule as it is written. `days` (MON to SUN) are those of the opening; a day not named is closed.

    `hours` are ranges in microseconds since midnight, the end excluded; one whose end is not later than its start
    ends the next day. Nothing is open on a date of `closed_on`. `lead` ends the hours that long before their close.
    """

    tz: str
    days: tuple[str, ...]
    hours: tuple[tuple[int, int], ...]
    closed_on: tuple[date, ...] = ()
    lead: Duration = Duration(0)


@dataclass(frozen=True, slots=True)
class Laid:
    """The stretches around some moment: their starts and ends in turn, exact from `start` to `end`."""

    start: int
    end: int
    bounds: tuple[int, ...]


class Hours:
    """An `engine.schedule.Schedule` over open stretches.

    It keeps the stretches around the last question, replaced as a whole: threads may share it.
    """

    def __init__(self, tz: str, spans: Spans) -> None:
        self.spans = spans
        self._zone = zone_named(tz)
        self._laid = Laid(0, 0, ())

    def is_inside(self, now: Instant) -> bool:
        """Say whether `now` is within the hours; the end of a range is outside."""
        return bisect_right(self._around(now).bounds, now) % 2 == 1

    def next_change(self, now: Instant) -> Instant | None:
        """Return the first instant after `now` at which `is_inside` answers otherwise; None if never."""
        for reach in REACHES:
            laid = self._around(now, ahead=reach)
            index = bisect_right(laid.bounds, now)
            if index < len(laid.bounds) and laid.bounds[index] < laid.end:
                return Instant(laid.bounds[index])
        return None

    def last_open(self, now: Instant) -> Instant | None:
        """Return the latest instant at or before `now` at which the hours began; None if never."""
        for reach in REACHES:
            laid = self._around(now, back=reach)
            index = bisect_right(laid.bounds, now) - 1
            index -= index % 2  # stretches begin at even places
            if index >= 0 and laid.bounds[index] >= laid.start:
                return Instant(laid.bounds[index])
        return None

    def _around(self, now: Instant, *, back: int = 0, ahead: int = 0) -> Laid:
        """Return stretches that reach at least so many days back and ahead of `now`."""
        laid = self._laid
        if laid.start <= now - back * DAY and now + ahead * DAY < laid.end:
            return laid
        if laid.start <= now < laid.end:  # what was known stays known
            back, ahead = max(back, (now - laid.start) // DAY), max(ahead, (laid.end - now) // DAY)
            back, ahead = min(back, REACHES[-1]), min(ahead, REACHES[-1])
        today = wall(now, self._zone).date()
        # Two days more than asked for, so that the answer also serves tomorrow.
        first = today - timedelta(days=max(back, REACHES[0]) + 2)
        last = today + timedelta(days=max(ahead, REACHES[0]) + 2)
        bounds = tuple(bound for span in merged(self.spans(first, last)) for bound in span)
        self._laid = Laid(place_on(first, 0, self._zone), place_on(last, 0, self._zone), bounds)
        return self._laid


def build_schedule(data: ScheduleData, market: Hours | None) -> Hours:
    """Return the schedule that was written, cut to `market`'s hours where there are any. Raises BadSchedule."""
    _check(data)
    return Hours(data.tz, _OpenSpans(data, zone_named(data.tz), market))


def _check(data: ScheduleData) -> None:
    strange = next((day for day in data.days if day not in WEEKDAYS), None)
    if strange is not None:
        raise BadSchedule(f"`{strange}` is not a day; write {', '.join(WEEKDAYS)}", "days")
    if not 0 <= data.lead < DAY:
        raise BadSchedule("a lead is between 0s and a day", "lead")
    if not all(0 <= start < DAY and 0 <= end < DAY for start, end in data.hours):
        raise BadSchedule("hours are between 00:00 and 23:59", "hours")
    try:
        zone_named(data.tz)
    except UnknownZone as failure:
        raise BadSchedule(str(failure), "tz") from failure


@dataclass(frozen=True, slots=True)
class _OpenSpans:
    """The open stretches of written hours."""

    data: ScheduleData
    zone: ZoneInfo
    market: Hours | None

    def __call__(self, first: date, last: date) -> list[Span]:
        first, last = first - timedelta(days=MARGIN), last + timedelta(days=MARGIN)
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        hours = without((span for day in days for span in self._opened_on(day)), self._closed())
        if self.market is not None:
            hours = common(hours, self.market.spans(first, last))
        return ended_early(hours, self.data.lead)

    def _opened_on(self, day: date) -> list[Span]:
        if WEEKDAYS[day.weekday()] not in self.data.days or day in self.data.closed_on:
            return []
        ends = ((start, end if end > start else end + DAY) for start, end in self.data.hours)
        return [(place_on(day, start, self.zone), place_on(day, end, self.zone)) for start, end in ends]

    def _closed(self) -> list[Span]:
        next_day = timedelta(days=1)
        return [
            (place_on(day, 0, self.zone), place_on(day + next_day, 0, self.zone))
            for day in self.data.closed_on
        ]
