"""Trading days ahead: when the market and the trader's hours are open, which days are unusual, what is not known."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dsl.market_days import MarketCalendar, calendar_warning
from dsl.market_days_data import CLOSED
from dsl.schedules import Hours
from dsl.wall_time import aware, place_on
from engine.units import Instant

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class OddDay:
    """A trading day that is not as usual. `closes_at` None: there is no session."""

    day: date
    closes_at: Instant | None


def odd_days(
    calendar: MarketCalendar, now: Instant, until: date | None = None, root: str = ""
) -> list[OddDay]:
    """Return holidays and early closes from today on, until a date or until the end of what is known."""
    zone, today = calendar.data.zone, aware(now, calendar.data.zone).date()
    last = until or calendar.data.valid_through
    found = []
    for day, halt in sorted(calendar.halts(root).items()):
        closes = None if halt == CLOSED else place_on(day, halt, zone)
        is_ahead = day >= today and (closes is None or closes > now)
        if is_ahead and day <= last and day.weekday() < SATURDAY:
            found.append(OddDay(day, closes))
    return found


def odd_days_soon(calendar: MarketCalendar, now: Instant, days: int) -> list[OddDay]:
    """Return the unusual days within so many days."""
    return odd_days(calendar, now, aware(now, calendar.data.zone).date() + timedelta(days=days))


def days_ahead(calendar: MarketCalendar, now: Instant, count: int, root: str = "") -> dict[str, Any]:
    """Return the next trading days as `risk calendar --json` writes them; times are ISO 8601 with the zone's offset.

    A day on which there is no session is listed with none; weekends are left out. `session` are the trader's own hours.
    """
    zone, data = calendar.data.zone, calendar.data
    halts, day = calendar.halts(root), aware(now, zone).date()
    rows: list[dict[str, Any]] = []
    while len(rows) < count:
        market = _spans(calendar, calendar.market(root), day, now)
        if day.weekday() < SATURDAY and (market or halts.get(day) == CLOSED):
            own = _spans(calendar, calendar.session(root), day, now)
            rows.append({"day": day.isoformat(), "is_odd": day in halts, "market": market, "session": own})
        day += timedelta(days=1)
    return {
        "calendar": data.name,
        "group": data.group_of(root).title,
        "valid_from": data.valid_from.isoformat(),
        "valid_through": data.valid_through.isoformat(),
        "warning": calendar_warning(now, data.name),
        "at": aware(now, zone).isoformat(timespec="seconds"),
        "days": rows,
        "odd_days": [
            {"day": odd.day.isoformat(), "closes_at": None if odd.closes_at is None else _iso(calendar, odd.closes_at)}
            for odd in odd_days(calendar, now, root=root)
        ],
    }  # fmt: skip


def _spans(calendar: MarketCalendar, hours: Hours, day: date, now: Instant) -> list[list[str]]:
    """Return the stretches that end on a day and are not over."""
    return [
        [_iso(calendar, start), _iso(calendar, end)]
        for start, end in hours.spans(day, day)
        if end > now and aware(Instant(end - 1), calendar.data.zone).date() == day
    ]


def _iso(calendar: MarketCalendar, moment: int) -> str:
    return aware(Instant(moment), calendar.data.zone).isoformat(timespec="seconds")
