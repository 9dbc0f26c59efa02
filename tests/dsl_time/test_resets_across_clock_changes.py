"""Resets on every change of the clocks in ten years and five zones, checked against a second library."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

from dsl.resets import build_reset
from dsl.wall_time import aware, instant_of

YEARS = range(2024, 2034)
ZONES = ("America/Chicago", "Europe/London", "Australia/Sydney", "Australia/Lord_Howe", "America/Santiago")
DAILY = ("0 17 * * *", "30 2 * * *", "0 2 * * *", "30 1 * * *", "15 0 * * *", "0 17 * * 0", "45 1 1-15 * *")
DAY = timedelta(days=1)


def clock_changes(zone: ZoneInfo) -> list[datetime]:
    """Return the UTC midnights before which the offset of a zone changed within a day."""
    days = [datetime(YEARS.start, 1, 1, tzinfo=UTC) + DAY * n for n in range(366 * len(YEARS))]
    return [
        later
        for before, later in pairwise(days)
        if before.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset()
    ]


@pytest.mark.parametrize("name", ZONES)
def test_every_zone_changes_its_clocks_twice_a_year(name: str) -> None:
    assert len(clock_changes(ZoneInfo(name))) >= 2 * len(YEARS) - 1


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("cron", DAILY)
def test_resets_around_every_change_are_those_of_another_library(name: str, cron: str) -> None:
    zone, reset = ZoneInfo(name), build_reset(cron, name)

    for change in clock_changes(zone):
        start, end = change - 3 * DAY, change + 3 * DAY
        expected = []
        for match in CronSim(cron, start.astimezone(zone)):
            if match.astimezone(UTC) >= end:
                break
            expected.append(match.astimezone(UTC))
        moment, got = instant_of(start), []
        while (moment := reset.next_after(moment)) < instant_of(end):
            got.append(aware(moment, zone).astimezone(UTC))
        assert got == expected, change


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("cron", [*DAILY, "0 * * * *", "*/20 * * * *"])
def test_looking_back_finds_the_same_resets_as_looking_ahead(name: str, cron: str) -> None:
    zone = ZoneInfo(name)
    changes = clock_changes(zone)

    for change in changes if cron in DAILY else changes[:2]:
        ahead = build_reset(cron, name)
        moments, moment = [], instant_of(change - 2 * DAY)
        while (moment := ahead.next_after(moment)) < instant_of(change + DAY):
            moments.append(moment)
        for before, later in pairwise(moments):
            assert build_reset(cron, name).last_before(later) == later
            assert build_reset(cron, name).last_before(type(later)(later - 1)) == before
            assert build_reset(cron, name).next_after(before) == later


def test_five_o_clock_in_chicago_is_five_o_clock_after_the_clocks_change() -> None:
    reset = build_reset("0 17 * * *", "America/Chicago")
    saturday = instant_of(datetime(2025, 3, 8, 23, tzinfo=UTC))

    assert aware(reset.next_after(saturday), ZoneInfo("UTC")) == datetime(2025, 3, 9, 22, tzinfo=UTC)


def test_a_time_that_does_not_exist_means_the_moment_the_clocks_jump() -> None:
    reset = build_reset("30 2 * * *", "America/Chicago")

    at = reset.next_after(instant_of(datetime(2025, 3, 9, 7, tzinfo=UTC)))

    assert aware(at, ZoneInfo("UTC")) == datetime(2025, 3, 9, 8, tzinfo=UTC)


def test_several_times_that_do_not_exist_make_one_reset() -> None:
    reset = build_reset("*/10 2 * * *", "America/Chicago")
    jump = instant_of(datetime(2025, 3, 9, 8, tzinfo=UTC))

    assert reset.last_before(jump) == jump
    assert aware(reset.next_after(jump), ZoneInfo("UTC")) == datetime(2025, 3, 10, 7, tzinfo=UTC)


def test_a_time_that_occurs_twice_resets_once_the_first_time() -> None:
    reset = build_reset("30 1 * * *", "America/Chicago")
    first = datetime(2025, 11, 2, 6, 30, tzinfo=UTC)

    at = reset.next_after(instant_of(first - timedelta(hours=1)))

    assert aware(at, ZoneInfo("UTC")) == first
    assert aware(reset.next_after(at), ZoneInfo("UTC")) == datetime(2025, 11, 3, 7, 30, tzinfo=UTC)
