"""Holidays and early closes of three years, day by day, against the table that people keep."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dsl.market_days import MarketCalendar, build_calendar
from dsl.market_days_data import time_of_day
from dsl.schedules import Hours
from dsl.wall_time import aware, place
from engine.units import Instant

CHICAGO = ZoneInfo("America/Chicago")
EQUITY = """
2025 01-01 closed 01-09 08:30 01-20 12:00 02-17 12:00 04-18 closed 05-26 12:00 06-19 12:00 07-03 12:15 07-04 12:00
2025 09-01 12:00 11-27 12:00 11-28 12:15 12-24 12:15 12-25 closed
2026 01-01 closed 01-19 12:00 02-16 12:00 04-03 08:15 05-25 12:00 06-19 12:00 07-03 12:00 09-07 12:00 11-26 12:00
2026 11-27 12:15 12-24 12:15 12-25 closed
2027 01-01 closed 01-18 12:00 02-15 12:00 03-26 closed 05-31 12:00 06-18 12:00 07-05 12:00 09-06 12:00 11-25 12:00
2027 11-26 12:15 12-24 closed
"""
EXCEPTIONS = {
    date.fromisoformat(f"{line.split()[0]}-{day}"): halt
    for line in EQUITY.strip().splitlines()
    for day, halt in zip(line.split()[1::2], line.split()[2::2], strict=True)
}


def at(written: str) -> Instant:
    return place(datetime.fromisoformat(written), CHICAGO)


def shown(moment: Instant | None) -> str | None:
    return None if moment is None else f"{aware(moment, CHICAGO):%Y-%m-%d %H:%M}"


def calendar() -> MarketCalendar:
    """Return the market without the firm's own close, so that the exchange's hours show."""
    return build_calendar("America/Chicago", time_of_day("17:00"), {}, None)


@pytest.mark.parametrize("month", [(year, month) for year in (2025, 2026, 2027) for month in range(1, 13)])
def test_each_weekday_opens_the_evening_before_and_ends_when_the_exchange_says(
    month: tuple[int, int],
) -> None:
    market = calendar().market("ES")
    for day in days_of(*month):
        check(market, day)


def days_of(year: int, month: int) -> list[date]:
    every = (date(year, month, 1) + timedelta(days=ahead) for ahead in range(31))
    return [day for day in every if day.month == month]


def check(market: Hours, day: date) -> None:
    evening = place(datetime.combine(day - timedelta(days=1), time(17)), CHICAGO)
    halt = EXCEPTIONS.get(day, "16:00")

    if day.weekday() > 4 or halt == "closed":
        assert not market.is_inside(evening)
        assert not market.is_inside(place(datetime.combine(day, time(7)), CHICAGO))
    else:
        assert market.is_inside(evening)
        assert shown(market.next_change(evening)) == f"{day} {halt}"


def test_the_week_opens_on_sunday_and_ends_on_friday() -> None:
    market = calendar().market("ES")

    assert shown(market.next_change(at("2025-03-07 16:00"))) == "2025-03-09 17:00"
    assert market.is_inside(at("2025-03-09 18:00"))


@pytest.mark.parametrize(
    ("shut", "opens"),
    [
        ("2026-12-24 12:15", "2026-12-27 17:00"),
        ("2026-12-31 16:00", "2027-01-03 17:00"),
        ("2025-04-17 16:00", "2025-04-20 17:00"),
        ("2025-12-24 12:15", "2025-12-25 17:00"),
        ("2025-07-04 12:00", "2025-07-06 17:00"),
        ("2025-09-01 12:00", "2025-09-01 17:00"),
    ],
)
def test_after_a_holiday_the_market_stays_shut_as_long_as_it_does(shut: str, opens: str) -> None:
    market = calendar().market("ES")

    assert market.is_inside(Instant(at(shut) - 1))
    assert shown(market.next_change(at(shut))) == opens
