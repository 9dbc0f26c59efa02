"""The market's days: product hours, the venue's own close, the admin's exceptions, trading days, how moments are said."""

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from dsl.market_days import DayException, MarketCalendar, build_calendar, calendar_warning
from dsl.market_days_data import CLOSED, FOLDER, BadCalendar, time_of_day
from dsl.schedules import WEEKDAYS, BadSchedule, ScheduleData
from dsl.wall_time import aware, place
from engine.units import MINUTE, Duration, Instant

CHICAGO = ZoneInfo("America/Chicago")
SCHEMA = Path(__file__).parents[2] / "schemas" / "calendar.schema.json"
DAY_HOURS = ScheduleData(
    "America/Chicago",
    WEEKDAYS[:5],
    ((time_of_day("08:30"), time_of_day("15:00")),),
    lead=Duration(2 * MINUTE),
)


def at(written: str) -> Instant:
    return place(datetime.fromisoformat(written), CHICAGO)


def shown(moment: Instant | None) -> str | None:
    return None if moment is None else f"{aware(moment, CHICAGO):%Y-%m-%d %H:%M}"


def calendar(flat_by: str | None = "15:10", **more: object) -> MarketCalendar:
    flat = None if flat_by is None else time_of_day(flat_by)
    return build_calendar("America/Chicago", time_of_day("17:00"), {"default": DAY_HOURS}, flat, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("root", "now", "closes"),
    [
        ("ES", "2025-03-07 09:00", "2025-03-07 15:10"),
        ("ES", "2025-11-28 09:00", "2025-11-28 12:15"),
        ("CL", "2025-11-28 09:00", "2025-11-28 12:45"),
        ("HE", "2025-03-07 09:00", "2025-03-07 13:05"),
        ("ZC", "2025-03-07 03:00", "2025-03-07 07:45"),
        ("ZC", "2025-03-07 09:00", "2025-03-07 13:20"),
        ("6E", "2025-09-01 09:00", "2025-09-01 15:10"),
        ("", "2025-03-07 09:00", "2025-03-07 15:10"),
        ("XYZ", "2025-03-07 09:00", "2025-03-07 15:10"),
    ],
)
def test_the_market_ends_at_the_earliest_of_product_venue_and_holiday(
    root: str, now: str, closes: str
) -> None:
    market = calendar().market(root)

    assert market.is_inside(at(now))
    assert shown(market.next_change(at(now))) == closes


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2025-03-07 09:00", "2025-03-07 14:58"),
        ("2025-11-28 09:00", "2025-11-28 12:13"),
        ("2026-04-03 09:00", "2026-04-06 08:30"),
        ("2025-01-01 09:00", "2025-01-02 08:30"),
    ],
)
def test_a_session_is_cut_to_the_market_and_then_led(now: str, closes: str) -> None:
    assert shown(calendar().session("ES").next_change(at(now))) == closes


def test_a_session_of_another_product_is_cut_to_that_products_market() -> None:
    assert shown(calendar().session("HE").next_change(at("2025-03-07 09:00"))) == "2025-03-07 13:03"


def test_the_firms_close_is_on_the_rulesets_wall() -> None:
    eastern = build_calendar("America/New_York", time_of_day("18:00"), {}, time_of_day("16:10"))

    assert shown(eastern.market("ES").next_change(at("2025-03-07 09:00"))) == "2025-03-07 15:10"
    assert eastern.session("ES") is eastern.market("ES")


def test_the_admin_knows_better_than_the_file() -> None:
    exceptions = (
        DayException(date(2025, 3, 7), time_of_day("11:00")),
        DayException(date(2025, 3, 10), CLOSED, "energy"),
        DayException(date(2025, 11, 28), None, "equity_index"),
    )
    days = calendar(exceptions=exceptions)

    assert shown(days.market("CL").next_change(at("2025-03-07 09:00"))) == "2025-03-07 11:00"
    assert shown(days.market("CL").next_change(at("2025-03-07 11:00"))) == "2025-03-10 17:00"
    assert shown(days.market("ES").next_change(at("2025-03-07 11:00"))) == "2025-03-09 17:00"
    assert shown(days.market("ES").next_change(at("2025-11-28 09:00"))) == "2025-11-28 15:10"


@pytest.mark.parametrize(
    ("trading_day", "now", "day", "week", "month"),
    [
        ("17:00", "2025-03-31 18:00", "2025-04-01 17:00", "2025-04-06 17:00", "2025-04-30 17:00"),
        ("17:00", "2025-02-28 16:59", "2025-02-28 17:00", "2025-03-02 17:00", "2025-02-28 17:00"),
        ("00:00", "2025-03-31 18:00", "2025-04-01 00:00", "2025-04-06 00:00", "2025-04-01 00:00"),
    ],
)
def test_days_weeks_and_months_open_together(
    trading_day: str, now: str, day: str, week: str, month: str
) -> None:
    days = build_calendar("America/Chicago", time_of_day(trading_day), {}, None)

    got = [shown(reset.next_after(at(now))) for reset in (days.trading_day, days.week, days.month)]

    assert got == [day, week, month]


@pytest.mark.parametrize(
    ("moment", "now", "words"),
    [
        ("2025-03-07 17:00", "2025-03-07 10:10", "17:00 CST"),
        ("2025-03-09 17:00", "2025-03-08 18:10", "Sun 17:00 CDT"),
        ("2025-03-20 08:30", "2025-03-08 18:10", "2025-03-20 08:30 CDT"),
        ("2025-03-06 17:00", "2025-03-07 10:10", "Thu 17:00 CST"),
        ("2025-03-07 10:15:30", "2025-03-07 10:10", "10:15:30 CST"),
        ("2025-03-07 10:15:30.2", "2025-03-07 10:10", "10:15:31 CST"),
        ("2025-03-07 10:09:59.9", "2025-03-07 10:10", "10:09:59 CST"),
    ],
)
def test_a_moment_is_said_with_its_day_only_where_it_is_not_today(moment: str, now: str, words: str) -> None:
    assert calendar().say(at(moment), at(now)) == words


def test_the_clock_on_the_wall() -> None:
    assert calendar().clock(at("2025-07-07 09:30:00.5")) == time_of_day("09:30") + 500_000


def test_the_shipped_file_keeps_to_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for path in FOLDER.glob("*.json"):
        jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2027-11-15 12:00", None),
        (
            "2027-11-17 12:00",
            "the `cme` calendar, valid through 2027-12-31, ends soon: holidays and early closes after",
        ),
        (
            "2028-01-01 00:00",
            "the `cme` calendar, valid through 2027-12-31, has ended: holidays and early closes since",
        ),
    ],
)
def test_the_calendar_asks_to_be_renewed_in_time(now: str, says: str | None) -> None:
    warning = calendar_warning(at(now))

    assert warning == says or (says is not None and warning is not None and warning.startswith(says))


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(BadCalendar, match="there is no calendar called `nyse`; there is: cme"):
        calendar(calendar_name="nyse")
    with pytest.raises(BadCalendar, match="there is no time zone called `Chicago`"):
        build_calendar("Chicago", time_of_day("17:00"), {}, None)
    with pytest.raises(BadSchedule, match="`FUN` is not a day"):
        build_calendar("UTC", time_of_day("17:00"), {"CL": ScheduleData("UTC", ("FUN",), ())}, None)
