"""The trade clock: written down, kept over a restart, published, and stronger than nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.app import run
from engine.units import DAY, HOUR, MINUTE, Instant
from service.trade_clock.clock import TradeClock
from service.trade_clock.days_back import trading_days
from service.trade_clock.shift import days_in_a_row

Open = Callable[..., Any]
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())
TUESDAY = Instant(1_794_927_600_000_000)


@pytest.fixture
def step(doors_in: Open) -> Any:
    made = doors_in()
    made.publisher.write()
    return made


def clock_of(step: Any, name: str = "alice") -> dict[str, Any]:
    step.publisher.write()
    document = step.ask("view", "status")["document"]
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return next(one["clock"] for one in document["accounts"] if one["name"] == name)


def later(step: Any, length: int) -> None:
    step.bench.boot += length
    step.house.on_engine(lambda: None)


def test_a_shift_is_published_written_down_and_kept_over_a_restart(step: Any) -> None:
    assert step.ask("trader", "clock_in", account="alice", rules="abc")["accounts"] == ["alice"]
    assert clock_of(step)["is_in"] is True
    assert clock_of(step, "bob")["is_in"] is False
    later(step, 90 * MINUTE)

    done = step.ask("trader", "clock_out", account="alice")

    assert (done["accounts"], done["seconds"]) == (["alice"], 5400)
    clock = clock_of(step)
    assert (clock["is_in"], clock["today_s"], clock["week_s"], clock["days_in_a_row"]) == (
        False,
        5400,
        5400,
        1,
    )
    assert [row.body for row in step.audit() if row.kind == "clock"] == [
        '{"clock": "in", "day": "2026-11-17", "rules": "abc"}',
        '{"clock": "out", "day": "2026-11-17"}',
    ]
    again = TradeClock(step.bench.store, step.bench.accounts)
    now = step.bench.clock.now()
    assert again.part(step.bench.accounts[1], now)["history"] == clock["history"]


def test_coming_twice_and_going_twice_are_refused_in_words(step: Any) -> None:
    assert step.ask("trader", "clock_out")["text"] == "you are not clocked in"
    step.ask("trader", "clock_in")

    again = step.ask("trader", "clock_in")

    assert again["code"] == "refused"
    assert again["text"].startswith("clocked in already, since 09:00")
    assert len([row for row in step.audit() if row.kind == "clock"]) == 2, "one for each account"


def test_the_clock_lifts_no_lock_and_sets_none(step: Any) -> None:
    step.ask("trader", "lock", account="alice", until="2h")
    before = step.states()

    step.ask("trader", "clock_in")
    step.ask("trader", "clock_out")

    assert step.states() == before


def test_who_never_clocks_out_is_out_on_the_next_day_and_the_hours_are_not_guessed(step: Any) -> None:
    step.ask("trader", "clock_in", account="alice")
    later(step, DAY)

    clock = clock_of(step)

    assert (clock["is_in"], clock["today_s"], clock["week_s"]) == (False, 0, 0)
    assert [row["is_forgotten"] for row in clock["history"]] == [True]
    assert step.ask("trader", "clock_in", account="alice")["ok"] is True
    assert clock_of(step)["days_in_a_row"] == 2


def test_weekends_and_thanksgiving_break_no_row(rules: Any) -> None:
    calendar = rules.settings.calendar
    monday = Instant(TUESDAY + 13 * DAY)  # 2026-11-30

    days = trading_days(calendar, monday)
    worked = frozenset({"2026-11-30", "2026-11-27", "2026-11-26", "2026-11-25", "2026-11-23"})

    assert next(days) == "2026-11-30"
    assert next(days) == "2026-11-27", "Friday comes before Monday"
    assert days_in_a_row(worked, trading_days(calendar, monday)) == 4, "Tuesday the 24th is missing"
    assert days_in_a_row(frozenset({"2026-11-27"}), trading_days(calendar, monday)) == 1, (
        "today may still come"
    )
    assert days_in_a_row(frozenset(), trading_days(calendar, monday)) == 0


def test_the_card_shows_limits_and_what_was_broken_last(
    step: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = {
        "schema": "risk.act/1",
        "at": "2026-11-16T16:00:00+00:00",
        "account": "alice",
        "kind": "breach",
    }
    act = yesterday | {"rule": "max_two", "text": "You hold 3, the limit is 2."}
    step.home.acts.write_text(json.dumps(act) + "\n")
    monkeypatch.setenv("COLUMNS", "100")

    assert run(["clock", "in", "--account", "alice", "--yes", "--home", str(step.home.root)]) == 0

    said = capsys.readouterr().out
    assert "alice: your limits today" in said
    assert "At most two contracts: 0/2" in said
    assert "10:00 max_two: You hold 3, the limit is 2." in said
    assert said.endswith("clocked in to alice\n")


def test_saying_no_to_the_card_clocks_nobody_in(
    step: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    assert run(["clock", "in", "--home", str(step.home.root)]) == 9
    assert clock_of(step)["is_in"] is False
    assert "not clocked in" in capsys.readouterr().err


def test_the_status_command_tells_the_figures(step: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(["clock", "in", "--yes", "--home", str(step.home.root)])
    later(step, HOUR)
    step.publisher.write()
    capsys.readouterr()

    run(["clock", "--account", "alice", "--home", str(step.home.root)])

    said = capsys.readouterr().out
    assert "alice: clocked in since 09:00" in said
    assert "1 trading day in a row" in said
    run(["clock", "status", "--json", "--home", str(step.home.root)])
    assert json.loads(capsys.readouterr().out)["accounts"]["bob"]["is_in"] is True
