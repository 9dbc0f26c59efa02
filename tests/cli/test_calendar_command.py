"""`risk calendar`, and the warning that every screen gives when holidays are soon no longer known."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cli.views.budgets import budget_lines
from cli.views.days import day_lines
from dsl.market_ahead import days_ahead, odd_days_soon
from dsl.market_days import DayException, MarketCalendar, build_calendar, calendar_warning
from dsl.market_days_data import CLOSED
from dsl.schedules import ScheduleData
from engine.units import HOUR, MINUTE, Instant, TimeOfDay

Risk = Callable[..., Any]
HomeWith = Callable[..., Path]
CHICAGO = "America/Chicago"


def at(text: str) -> Instant:
    return Instant(round(datetime.fromisoformat(text).timestamp() * 1_000_000))


def calendar(**more: Any) -> MarketCalendar:
    hours = (8 * HOUR + 30 * MINUTE, 15 * HOUR)
    own = ScheduleData(CHICAGO, ("MON", "TUE", "WED", "THU", "FRI"), (hours,))
    return build_calendar(CHICAGO, TimeOfDay(17 * HOUR), {"default": own}, TimeOfDay(15 * HOUR + 10 * MINUTE), **more)  # fmt: skip


def drawn(row: dict[str, Any]) -> str:
    console = Console(width=100, file=None, record=True, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(day_lines(row))
    return captured.get()


def test_the_days_have_the_markets_hours_and_ones_own_and_name_what_is_unusual() -> None:
    row = days_ahead(calendar(), at("2026-11-24T14:23:00-06:00"), 4)

    text = drawn({"account": "alice", **row})

    assert "Tue 2026-11-24  market Mon 17:00 to 15:10   yours 08:30 to 15:00\n" in text
    assert "Thu 2026-11-26  market Wed 17:00 to 12:00   yours 08:30 to 12:00   EARLY CLOSE" in text
    assert "Fri 2026-12-25  no session (holiday)" in text
    assert "Known from 2025-01-01 through 2027-12-31." in text
    assert len(row["days"]) == 4


def test_a_day_that_is_over_is_left_out_and_a_holiday_is_listed_without_a_session() -> None:
    row = days_ahead(calendar(), at("2026-12-24T12:30:00-06:00"), 2)

    assert [one["day"] for one in row["days"]] == ["2026-12-25", "2026-12-28"]
    assert row["days"][0]["market"] == []
    assert "NO SESSION" in drawn({"account": "", **row})


def test_the_admins_own_days_are_unusual_days_too() -> None:
    admins = (DayException(datetime(2026, 11, 25, tzinfo=UTC).date(), CLOSED),)

    soon = odd_days_soon(calendar(exceptions=admins), at("2026-11-24T14:23:00-06:00"), 3)

    assert [str(one.day) for one in soon] == ["2026-11-25", "2026-11-26", "2026-11-27"]
    assert soon[0].closes_at is None


@pytest.mark.parametrize(
    ("now", "warns"),
    [("2027-11-16T12:00:00-06:00", False), ("2027-11-18T12:00:00-06:00", True), ("2028-03-01T12:00:00-06:00", True)],
)  # fmt: skip
def test_every_screen_warns_from_45_days_before_the_calendar_ends(
    risk: Risk, home_with: HomeWith, state_of: Any, now: str, warns: bool
) -> None:
    text = calendar_warning(at(now))
    assert bool(text) == warns
    document = state_of("fresh_start")
    document["accounts"][0]["session"]["calendar_warning"] = text
    home = home_with(document)
    (home / "status" / "enforcement.log").write_text("")

    status, log = risk("status", "--home", str(home)), risk("log", "--home", str(home))

    assert ("2027-12-31" in status.out) == warns
    assert ("2027-12-31" in log.err) == warns
    assert ("2027-12-31" in drawn({"account": "", **days_ahead(calendar(), at(now), 1)}).partition("Known")[2][60:]) == warns  # fmt: skip


def test_without_a_guard_the_shipped_days_are_shown_and_it_is_said(risk: Risk, home_with: HomeWith) -> None:
    ended = risk("calendar", "--days", "3", "--json", "--home", str(home_with("fresh_start", age=-9)))

    assert ended.code == 0
    assert "guard is not running" in ended.err
    row = json.loads(ended.out)
    assert (row["schema"], len(row["days"])) == ("risk.calendar/1", 3)
    assert row["days"][0]["day"] == "2026-11-24", "by the venue's time, not by this computer's"


def test_an_answer_says_what_is_held_and_whether_entries_are_paused_already() -> None:
    pause = {"after": 0, "rule": "brake", "title": "Overtrading brake", "text": "", "until": None}
    losers = [{"loss": "50.00", "left": None, "end": None, "pause": pause}]
    row = {"account": "a", "mode": "enforce", "most_counted": 100, "calendar_warning": None, "losers": losers}
    console = Console(width=100, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(budget_lines(row))

    assert "entries are paused now: Overtrading brake (brake)" in captured.get()
    assert "of $50: more than 100, no rule ends the day" in captured.get()


@pytest.mark.parametrize("words", [("check", "buy", "2", "MNQ"), ("budget", "50")])
def test_what_only_the_guard_can_answer_says_so_without_one(
    risk: Risk, home_with: HomeWith, words: Any
) -> None:
    ended = risk(*words, "--home", str(home_with("ok")))

    assert (ended.code, ended.out) == (5, "")
    assert "no guard is running" in ended.err


@pytest.mark.parametrize(
    "words", [("buy",), ("buy", "2"), ("2", "MNQ"), ("buy", "two", "MNQ"), ("buy", "sell", "2"), ("buy", "1", "2")]
)  # fmt: skip
def test_a_check_of_no_order_says_how_one_is_written(risk: Risk, tmp_path: Path, words: Any) -> None:
    ended = risk("check", *words, "--home", str(tmp_path))

    assert ended.code == 2
    assert "risk check buy 2 MNQ" in ended.err


@pytest.mark.parametrize("text", ["0t", "20 points", "-5", "t", "1e3"])
def test_a_stop_that_is_no_distance_is_refused(risk: Risk, tmp_path: Path, text: str) -> None:
    assert risk("check", "buy", "1", "MNQ", f"--stop={text}", "--home", str(tmp_path)).code == 2
