"""Hours of the week: wrap-around, closed dates, leads, clock changes, and what is refused."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.market_days_data import time_of_day
from dsl.schedules import WEEKDAYS, BadSchedule, Hours, ScheduleData, build_schedule
from dsl.wall_time import aware, place
from engine.units import HOUR, MINUTE, Duration, Instant

CHICAGO = ZoneInfo("America/Chicago")
WORKDAYS = WEEKDAYS[:5]


def at(written: str) -> Instant:
    return place(datetime.fromisoformat(written), CHICAGO)


def shown(moment: Instant | None) -> str | None:
    return None if moment is None else f"{aware(moment, CHICAGO):%Y-%m-%d %H:%M}"


def hours(start: str, end: str) -> tuple[int, int]:
    return (time_of_day(start), time_of_day(end))


def schedule(*ranges: tuple[int, int], days: tuple[str, ...] = WORKDAYS, **more: object) -> Hours:
    return build_schedule(ScheduleData("America/Chicago", days, ranges, **more), None)  # type: ignore[arg-type]


def test_the_start_is_inside_and_the_end_is_outside() -> None:
    day = schedule(hours("08:30", "15:00"))

    assert not day.is_inside(Instant(at("2025-03-07 08:30") - 1))
    assert day.is_inside(at("2025-03-07 08:30"))
    assert day.is_inside(Instant(at("2025-03-07 15:00") - 1))
    assert not day.is_inside(at("2025-03-07 15:00"))


def test_after_friday_comes_monday() -> None:
    assert shown(schedule(hours("08:30", "15:00")).next_change(at("2025-03-07 15:00"))) == "2025-03-10 08:30"


def test_hours_over_midnight_belong_to_the_day_they_open_on() -> None:
    night = schedule(hours("17:00", "15:10"), days=("SUN", "MON", "TUE", "WED", "THU"))

    assert not night.is_inside(at("2025-03-09 16:59"))
    assert night.is_inside(at("2025-03-09 17:00"))
    assert night.is_inside(at("2025-03-14 15:09"))
    assert not night.is_inside(at("2025-03-14 18:00"))
    assert shown(night.next_change(at("2025-03-14 18:00"))) == "2025-03-16 17:00"


def test_equal_ends_mean_a_whole_day_and_whole_days_have_no_seam() -> None:
    always = schedule((0, 0), days=WEEKDAYS, lead=Duration(2 * MINUTE))

    assert always.is_inside(at("2025-03-08 23:59"))
    assert always.next_change(at("2025-03-08 23:59")) is None


def test_several_ranges_have_a_break_between_them() -> None:
    split = schedule(hours("08:30", "11:00"), hours("13:00", "15:00"))

    assert shown(split.next_change(at("2025-03-07 09:00"))) == "2025-03-07 11:00"
    assert shown(split.next_change(at("2025-03-07 11:00"))) == "2025-03-07 13:00"


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        ("2025-03-07 08:30", "2025-03-07 08:30"),
        ("2025-03-07 08:29", "2025-03-06 08:30"),
        ("2025-03-09 12:00", "2025-03-07 08:30"),
        ("2025-05-08 12:00", "2025-05-08 08:30"),
    ],
)
def test_the_last_opening_is_found_however_long_ago(now: str, opened: str) -> None:
    assert shown(schedule(hours("08:30", "15:00")).last_open(at(now))) == opened


def test_a_schedule_that_was_closed_for_weeks_opened_before_them() -> None:
    closed = tuple(date(2025, 3, 10) + timedelta(days=ahead) for ahead in range(60))
    rare = schedule(hours("08:30", "15:00"), closed_on=closed)

    assert shown(rare.last_open(at("2025-05-08 12:00"))) == "2025-03-07 08:30"
    assert schedule().last_open(at("2025-05-08 12:00")) is None
    assert schedule((0, 0), days=WEEKDAYS).last_open(at("2025-05-08 12:00")) is None


def test_nothing_is_open_on_a_closed_date_not_even_what_opened_the_evening_before() -> None:
    night = schedule(hours("17:00", "15:10"), days=("MON", "TUE", "WED"), closed_on=(date(2025, 3, 12),))

    assert shown(night.next_change(at("2025-03-11 20:00"))) == "2025-03-12 00:00"
    assert shown(night.next_change(at("2025-03-12 00:00"))) == "2025-03-17 17:00"


def test_a_lead_ends_each_stretch_early() -> None:
    day = schedule(hours("08:30", "15:00"), lead=Duration(2 * MINUTE))

    assert shown(day.next_change(at("2025-03-07 09:00"))) == "2025-03-07 14:58"


def test_hours_that_are_shorter_than_their_lead_never_open() -> None:
    assert (
        schedule(hours("08:30", "08:31"), lead=Duration(MINUTE)).next_change(at("2025-03-07 09:00")) is None
    )


def test_closed_weeks_still_have_an_end() -> None:
    closed = tuple(date(2025, 3, 10) + timedelta(days=ahead) for ahead in range(60))

    opens = schedule(hours("08:30", "15:00"), closed_on=closed).next_change(at("2025-03-08 09:00"))

    assert shown(opens) == "2025-05-09 08:30"


def test_the_hours_follow_the_wall_across_a_clock_change() -> None:
    early = schedule(hours("01:30", "02:30"), days=("SUN",))

    # In spring 02:30 does not exist: the hours end when the clocks jump.
    assert early.next_change(at("2025-03-09 01:30")) == at("2025-03-09 03:00")
    # In autumn 01:30 is twice: the hours begin the first time and last two hours.
    opened = early.next_change(at("2025-11-01 12:00"))
    assert opened == at("2025-11-02 01:30")
    assert early.next_change(opened) == opened + 2 * HOUR


@given(
    days=st.sets(st.sampled_from(WEEKDAYS)).map(tuple),
    ranges=st.lists(st.tuples(st.integers(0, 1439), st.integers(0, 1439)), max_size=3),
    lead=st.integers(0, 30),
    minute=st.integers(at("2025-01-01 00:00") // MINUTE, at("2027-01-01 00:00") // MINUTE),
)
def test_the_next_change_is_later_and_the_first(
    days: tuple[str, ...], ranges: list[tuple[int, int]], lead: int, minute: int
) -> None:
    written = tuple((start * MINUTE, end * MINUTE) for start, end in ranges)
    week = schedule(*written, days=days, lead=Duration(lead * MINUTE))
    now = Instant(minute * MINUTE)

    change = week.next_change(now)

    if change is None:
        return
    assert change > now
    assert week.is_inside(change) != week.is_inside(now)
    assert week.is_inside(Instant(change - 1)) == week.is_inside(now)
    steps = range(now, change, max((change - now) // 40, 1))
    assert {week.is_inside(Instant(step)) for step in steps} == {week.is_inside(now)}


@given(st.lists(st.integers(at("2025-01-01 00:00"), at("2026-12-01 00:00")), min_size=2, max_size=8))
def test_what_was_asked_before_changes_no_answer(moments: list[int]) -> None:
    kept = schedule(hours("17:00", "15:10"), lead=Duration(MINUTE))

    for moment in map(Instant, moments):
        fresh = schedule(hours("17:00", "15:10"), lead=Duration(MINUTE))
        assert kept.next_change(moment) == fresh.next_change(moment)
        assert kept.is_inside(moment) == fresh.is_inside(moment)


@pytest.mark.parametrize(
    ("data", "part", "reason"),
    [
        (
            ScheduleData("America/Chikago", WORKDAYS, ()),
            "tz",
            "there is no time zone called `America/Chikago`",
        ),
        (
            ScheduleData("UTC", ("MON", "FUN"), ()),
            "days",
            "`FUN` is not a day; write MON, TUE, WED, THU, FRI, SAT, SUN",
        ),
        (ScheduleData("UTC", WORKDAYS, ((0, 24 * HOUR),)), "hours", "hours are between 00:00 and 23:59"),
        (ScheduleData("UTC", WORKDAYS, (), lead=Duration(-1)), "lead", "a lead is between 0s and a day"),
    ],
)
def test_hours_that_make_no_sense_are_refused(data: ScheduleData, part: str, reason: str) -> None:
    with pytest.raises(BadSchedule) as refused:
        build_schedule(data, None)

    assert (refused.value.part, refused.value.reason) == (part, reason)
