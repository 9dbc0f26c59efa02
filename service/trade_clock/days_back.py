"""Trading days, the newest first."""

from collections.abc import Iterator

from engine.schedule import Calendar
from engine.units import Instant
from service.published.days import trading_day

MOST = 1_000
"""Calendar days looked back: a row of trading days longer than that is long enough."""


def trading_days(calendar: Calendar, now: Instant) -> Iterator[str]:
    """Yield the trading day of `now` and those before it; days on which the market stays shut are none."""
    day, moment = "", now
    for _ in range(MOST):
        found = trading_day(calendar, moment)
        if found != day:
            day = found
            yield day
        moment = Instant(calendar.trading_day.last_before(moment) - 1)


def week_of(day: str) -> str:
    """Return the ISO week of a date, as year and number."""
    from datetime import date  # noqa: PLC0415  only for figures

    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-{week:02}"
