"""Resets from cron text: what they promise at any moment, and what is said about text that is none."""

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from dsl.resets import BadCron, build_reset
from dsl.wall_time import instant_of
from engine.units import HOUR, Instant

MOMENTS = st.integers(
    instant_of(datetime(2024, 1, 1, tzinfo=UTC)), instant_of(datetime(2034, 1, 1, tzinfo=UTC))
).map(Instant)
CRONS = st.sampled_from(
    [
        "0 17 * * *",
        "30 2 * * *",
        "*/15 * * * *",
        "0 17 * * MON-FRI",
        "0 0 29 2 *",
        "59 23 31 12 *",
        "0 9,15 * * 1",
    ]
)
ZONES = st.sampled_from(["America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "Pacific/Apia"])


@given(cron=CRONS, zone=ZONES, moment=MOMENTS)
def test_the_next_reset_is_later_and_the_last_is_not(cron: str, zone: str, moment: Instant) -> None:
    reset = build_reset(cron, zone)

    last, following = reset.last_before(moment), reset.next_after(moment)

    assert last <= moment < following
    assert reset.last_before(following) == following
    assert reset.next_after(last) == following


@given(moments=st.lists(MOMENTS, min_size=2, max_size=6))
def test_answers_do_not_depend_on_what_was_asked_before(moments: list[Instant]) -> None:
    kept = build_reset("0 17 * * *", "America/Chicago")

    answers = [(kept.last_before(moment), kept.next_after(moment)) for moment in moments]

    fresh = [build_reset("0 17 * * *", "America/Chicago") for _ in moments]
    pairs = zip(fresh, moments, strict=True)
    assert answers == [(reset.last_before(moment), reset.next_after(moment)) for reset, moment in pairs]


@given(cron=CRONS, days=st.integers(0, 700), minutes=st.integers(0, 1439))
def test_before_anybody_heard_of_the_time_resets_are_where_the_calendar_has_them(
    cron: str, days: int, minutes: int
) -> None:
    """A guard that heard of no venue yet stands in 1970, of which Windows knows only a part."""
    moment = datetime(1970, 1, 2) + timedelta(days=days, minutes=minutes)  # noqa: DTZ001  as croniter has it
    reset = build_reset(cron, "UTC")

    asked = Instant(instant_of(moment.replace(tzinfo=UTC)))

    wanted = croniter(cron, moment, ret_type=datetime, max_years_between_matches=9)
    assert reset.next_after(asked) == instant_of(wanted.get_next().replace(tzinfo=UTC))
    assert reset.last_before(Instant(0)) <= 0


def test_a_reset_at_this_very_moment_is_the_last_one_not_the_next() -> None:
    noon = instant_of(datetime(2025, 3, 7, 12, tzinfo=UTC))
    reset = build_reset("0 * * * *", "UTC")

    assert reset.last_before(noon) == noon
    assert reset.next_after(noon) == noon + HOUR


@pytest.mark.parametrize(
    ("cron", "reason"),
    [
        ("0 17 31 2 *", "never happens"),
        ("0 17 * *", "has 4 parts, not five: minute, hour, day, month, weekday"),
        ("0 17 * * * *", "has 6 parts, not five: minute, hour, day, month, weekday"),
        ("", "has 0 parts, not five: minute, hour, day, month, weekday"),
        ("0 17 * * FUNDAY", "has `FUNDAY`, which is not a number, a name, a range or a step"),
        ("R R * * *", "has `R`, which is not a number, a name, a range or a step"),
        ("0 25 * * *", "is not a time that I understand"),
        ("0 17 * * XYZ", "is not a time that I understand"),
        ("0 17 * * */0", "is not a time that I understand"),
    ],
)
def test_text_that_is_no_reset_is_refused_with_the_reason(cron: str, reason: str) -> None:
    with pytest.raises(BadCron) as refused:
        build_reset(cron, "America/Chicago")

    assert (refused.value.reason, refused.value.part) == (reason, "cron")


@pytest.mark.parametrize("zone", ["America/Chikago", "", "../etc/passwd", "America", "CST6 CDT"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(BadCron) as refused:
        build_reset("0 17 * * *", zone)

    assert (refused.value.reason, refused.value.part) == (f"there is no time zone called `{zone}`", "tz")
