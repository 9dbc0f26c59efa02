"""The days of a ruleset: trading days, sessions and when the market is open, with holidays and early closes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dsl.market_days_data import CLOSED, WARN_AHEAD, BadCalendar, Group, MarketData, market_data
from dsl.market_days_say import say
from dsl.resets import CronReset
from dsl.schedules import Hours, ScheduleData, build_schedule
from dsl.schedules_spans import Span, merged
from dsl.wall_time import MICROSECOND, UnknownZone, place_on, wall, zone_named
from engine.units import HOUR, MINUTE, Instant, TimeOfDay

SATURDAY = 5
NOON = 12 * HOUR
EVERY_GROUP = ""


@dataclass(frozen=True, slots=True)
class DayException:
    """A day on which the admin knows better than the shipped file. `group` empty: for all products.

    `halt`: the time at which the day ends, CLOSED for no session, None for a regular day.
    """

    day: date
    halt: TimeOfDay | None
    group: str = EVERY_GROUP


class MarketCalendar:
    """An `engine.schedule.Calendar`. Hours are worked out once per root and kept."""

    def __init__(
        self,
        tz: str,
        trading_day: TimeOfDay,
        sessions: Mapping[str, ScheduleData],
        flat_by: TimeOfDay | None,
        data: MarketData,
        exceptions: tuple[DayException, ...],
    ) -> None:
        self.tz = tz
        self.data = data
        self._zone = zone_named(tz)
        self._sessions = sessions
        self._flat_by = flat_by
        self._exceptions = exceptions
        self._markets: dict[str, Hours] = {}
        self._kept: dict[tuple[ScheduleData, str], Hours] = {}
        hour, minute = trading_day // HOUR, trading_day % HOUR // MINUTE
        at = f"{minute} {hour}"
        self.trading_day = CronReset(f"{at} * * *", tz)
        self.week = CronReset(f"{at} * * 0", tz)
        # A month begins with the trading day that carries its first date, which opens on the evening before.
        self.month = CronReset(f"{at} L * *" if trading_day >= NOON else f"{at} 1 * *", tz)

    def session(self, root: str) -> Hours:
        """Return the ruleset's own hours for a root; without any, those of the market."""
        data = self._sessions.get(root) or self._sessions.get("default")
        return self.market(root) if data is None else self.schedule(data, root)

    def schedule(self, data: ScheduleData, root: str) -> Hours:
        """Return written hours cut to the market's hours of a root. Raises BadSchedule."""
        group = self.data.group_of(root).name
        if (data, group) not in self._kept:
            self._kept[data, group] = build_schedule(data, self.market(root))
        return self._kept[data, group]

    def market(self, root: str) -> Hours:
        """Return when the venue takes orders in a root; an empty root asks for the default group."""
        group = self.data.group_of(root)
        if group.name not in self._markets:
            self._markets[group.name] = Hours(self.tz, self._open_spans(group))
        return self._markets[group.name]

    def clock(self, now: Instant) -> TimeOfDay:
        """Return the time of day on the wall of the ruleset's zone."""
        shown = wall(now, self._zone)
        seconds = (shown.hour * 60 + shown.minute) * 60 + shown.second
        return TimeOfDay(seconds * 1_000_000 + shown.microsecond)

    def say(self, moment: Instant, now: Instant) -> str:
        """Return `moment` for people: `17:00 CST`, with the weekday or date where it is not today's."""
        return say(moment, now, self._zone)

    def halts(self, root: str) -> Mapping[date, TimeOfDay]:
        """Return at what time each unusual day of a root ends, CLOSED for no session; the admin's days are in it."""
        return self._halts(self.data.group_of(root))

    def _open_spans(self, group: Group) -> "_OpenSpans":
        return _OpenSpans(self, group, self._halts(group))

    def _halts(self, group: Group) -> dict[date, TimeOfDay]:
        halts = dict(group.halts)
        for exception in self._exceptions:
            if exception.group in (EVERY_GROUP, group.name):
                halts.pop(exception.day, None)
                if exception.halt is not None:
                    halts[exception.day] = exception.halt
        return halts

    def flat_by(self, day: date) -> int | None:
        """Return the instant by which the venue wants accounts flat on a day, None where it does not say."""
        return None if self._flat_by is None else place_on(day, self._flat_by, self._zone)


@dataclass(frozen=True, slots=True)
class _OpenSpans:
    """The open stretches of a product group, day by day."""

    calendar: MarketCalendar
    group: Group
    halts: Mapping[date, TimeOfDay]

    def __call__(self, first: date, last: date) -> list[Span]:
        around = range(-1, (last - first).days + 2)
        return merged(span for ahead in around for span in self._day(first + timedelta(days=ahead)))

    def _day(self, day: date) -> Iterable[Span]:
        """Give the stretches of the trading day that carries this date."""
        stop = self.halts.get(day)
        if day.weekday() >= SATURDAY or stop == CLOSED:
            return []
        zone = self.calendar.data.zone
        flat = self.calendar.flat_by(day)
        ends = [end for end in (flat, None if stop is None else place_on(day, stop, zone)) if end is not None]
        spans = []
        for hours in self.group.hours:
            opening = day - timedelta(days=1) if hours.evening_before else day
            spans.append(
                (place_on(opening, hours.opens, zone), min([place_on(day, hours.closes, zone), *ends]))
            )
        return spans


def build_calendar(
    tz: str,
    trading_day: TimeOfDay,
    sessions: Mapping[str, ScheduleData],
    flat_by: TimeOfDay | None,
    exceptions: Iterable[DayException] = (),
    calendar_name: str = "cme",
) -> MarketCalendar:
    """Return the calendar of a ruleset. Raises BadCalendar, and BadSchedule for hours that cannot be used."""
    data = market_data(calendar_name)
    try:
        zone_named(tz)
    except UnknownZone as failure:
        raise BadCalendar(str(failure)) from failure
    calendar = MarketCalendar(tz, trading_day, sessions, flat_by, data, tuple(exceptions))
    for written in sessions.values():
        build_schedule(written, None)
    return calendar


def calendar_warning(now: Instant, calendar_name: str = "cme") -> str | None:
    """Return what to tell the admin when the calendar's data has ended or will within 45 days, else None."""
    data = market_data(calendar_name)
    last = data.valid_through
    ends = place_on(last + timedelta(days=1), 0, data.zone)
    if now >= ends:
        known = "has ended: holidays and early closes since then are not known"
    elif now >= ends - WARN_AHEAD // MICROSECOND:
        known = "ends soon: holidays and early closes after it are not known"
    else:
        return None
    return f"the `{data.name}` calendar, valid through {last}, {known}; update risk, or add the days to the exceptions"
