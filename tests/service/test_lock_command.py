"""`risk lock` at the trader's door."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cli.app import run
from cli.commands.lock import meaning
from cli.failure import Failure
from engine.units import DAY, HOUR, MINUTE, Instant
from service.doors.moments import moment_of

Open = Callable[..., Any]
START = Instant(1_794_927_600_000_000)
"""Thu 2026-11-17 09:00 in Chicago."""


@pytest.fixture
def step(doors_in: Open) -> Any:
    made = doors_in()
    made.publisher.write()
    return made


def lock(step: Any, *words: str) -> int:
    return int(run(["lock", *words, "--account", "alice", "--home", str(step.home.root)]))


def test_two_hours_are_two_hours_and_a_second_asking_only_makes_it_longer(
    step: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    step.bench.hold(1, 2)

    assert lock(step, "for", "2h") == 0
    said = capsys.readouterr()
    assert said.out.startswith("alice is closed to new entries until ")
    assert "what you hold stays (+2 MNQ)" in said.err
    (before,) = step.states()[1].locks.values()

    assert lock(step, "for", "30m") == 0
    assert "nobody can shorten it" in capsys.readouterr().err
    assert step.states()[1].locks == {before.id: before}

    assert lock(step, "for", "3h") == 0
    (after,) = step.states()[1].locks.values()
    assert after.id == before.id
    assert HOUR <= after.end.at - before.end.at < HOUR + MINUTE


def test_a_dry_run_locks_nothing(step: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert lock(step, "until", "reset", "mnq", "--dry-run", "--json") == 0

    assert json.loads(capsys.readouterr().out)["scope"] == "MNQ"
    assert not step.states()[1].locks


def test_a_long_lock_is_asked_about_and_without_a_terminal_refused(
    step: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lock(step, "for", "3d") == 2
    assert "--yes" in capsys.readouterr().err
    assert not step.states()[1].locks

    assert lock(step, "for", "3d", "--yes") == 0
    assert step.states()[1].locks


def test_without_a_guard_nothing_is_pretended(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lock", "for", "2h", "--home", str(tmp_path)]) == 5
    assert "no guard is running" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("", ("reset", "")),
        ("for 2h", ("2h", "")),
        ("MNQ for 2h", ("2h", "MNQ")),
        ("until 15:00 ES", ("15:00", "ES")),
        ("ES", ("reset", "ES")),
    ],
)
def test_words_in_any_order_mean_one_thing(words: str, means: tuple[str, str]) -> None:
    assert meaning(words.split()) == means


@pytest.mark.parametrize("words", ["for", "for 2h until 15:00", "ES NQ", "for 1h for 2h"])
def test_words_that_make_no_sense_are_told_how_to_say_it(words: str) -> None:
    with pytest.raises(Failure) as failed:
        meaning(words.split())
    assert "risk lock for 2h" in failed.value.advice


def test_the_words_for_an_end_are_read_on_the_exchange_s_wall(rules: Any) -> None:
    calendar = rules.settings.calendar
    nine = Instant(START - calendar.clock(START) + 9 * HOUR)

    assert moment_of("15:00", calendar, nine) == nine + 6 * HOUR
    assert moment_of("9:00", calendar, nine) == nine + DAY, "always ahead"
    assert moment_of("reset", calendar, nine) == nine + 8 * HOUR
    assert moment_of("90m", calendar, nine) == nine + 90 * MINUTE


def test_in_nights_when_clocks_change_the_wall_is_right(rules: Any) -> None:
    calendar = rules.settings.calendar
    spring = Instant(1_772_953_200_000_000)  # 2026-03-08 01:00 CST; 02:00 to 03:00 is skipped
    autumn = Instant(1_793_509_200_000_000)  # 2026-11-01 00:00 CDT; 01:00 to 02:00 comes twice

    assert calendar.clock(spring) == HOUR
    assert moment_of("08:00", calendar, spring) == spring + 6 * HOUR
    assert calendar.clock(moment_of("2:30", calendar, spring)) == 3 * HOUR + 30 * MINUTE, "never too early"
    assert calendar.clock(autumn) == 0
    assert moment_of("08:00", calendar, autumn) == autumn + 9 * HOUR
