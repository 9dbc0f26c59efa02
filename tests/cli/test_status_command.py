"""`risk status` as people and scripts use it: what is printed where, and the exit code."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Risk = Callable[..., Any]
HomeWith = Callable[..., Path]


def test_json_is_what_was_published(risk: Risk, home_with: HomeWith) -> None:
    home = home_with("locked")

    ended = risk("status", "--json", "--home", str(home))

    assert ended.code == 0
    assert json.loads(ended.out) == json.loads((home / "status" / "status.json").read_text())


def test_a_running_guard_gives_zero_even_when_locked(risk: Risk, home_with: HomeWith) -> None:
    ended = risk("status", "--home", str(home_with("locked")))

    assert ended.code == 0
    assert "LOCKED 2h 36m" in ended.out


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("ok", 0),
        ("warning", 0),
        ("closed", 0),
        ("locked", 1),
        ("blind", 1),
        ("halted", 1),
        ("two_accounts", 1),
    ],
)
def test_check_answers_by_its_exit_code(risk: Risk, home_with: HomeWith, state: str, code: int) -> None:
    assert risk("status", "--check", "--home", str(home_with(state))).code == code


def test_check_of_one_account_does_not_look_at_the_others(risk: Risk, home_with: HomeWith) -> None:
    home = str(home_with("two_accounts"))

    assert risk("status", "--check", "--account", "bob", "--home", home).code == 0
    assert risk("status", "--check", "--account", "9120345", "--home", home).code == 1


def test_a_dead_guard_shows_its_last_state_with_its_age(risk: Risk, home_with: HomeWith) -> None:
    ended = risk("status", "--home", str(home_with("locked", age=191)))

    assert ended.code == 5
    assert "GUARD NOT RUNNING" in ended.out
    assert re.search(r"3m 1\ds old", ended.out), "give or take what the machine needs to draw it"
    assert "LAST KNOWN: LOCKED 2h 33m" in ended.out, "the countdown goes on from the stored end"


def test_a_guard_whose_process_is_gone_is_dead_at_once(risk: Risk, home_with: HomeWith) -> None:
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()

    assert risk("status", "--home", str(home_with("ok", age=4, pid=finished.pid))).code == 5
    assert risk("status", "--home", str(home_with("ok", age=4))).code == 0


def test_a_guard_that_was_stopped_is_not_running(risk: Risk, home_with: HomeWith, state_of: Any) -> None:
    state = state_of("ok")
    state["daemon"]["state"] = "stopping"

    assert risk("status", "--home", str(home_with(state))).code == 5


def test_a_home_without_a_guard_says_what_to_do(risk: Risk, tmp_path: Path) -> None:
    ended = risk("status", "--home", str(tmp_path))

    assert ended.code == 5
    assert ended.out == ""
    assert ended.err.startswith("risk: no guard has run for")
    assert "risk run" in ended.err


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schema": "risk.status/9"}', '{"schema": "risk.status/1"}', "\x00", "[" * 100_000],
)
def test_a_damaged_status_is_one_sentence(risk: Risk, home_with: HomeWith, text: str) -> None:
    home = home_with("ok")
    (home / "status" / "status.json").write_text(text)

    ended = risk("status", "--home", str(home))

    assert ended.code == 3
    assert "cannot be" in ended.err
    assert len(ended.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("place", "value"),
    [("accounts", 5), ("venue_time", "noon"), ("venue_time", "2026-11-24T20:23:30"), ("written_at", 5)],
)
def test_a_value_of_the_wrong_kind_is_one_sentence(
    risk: Risk, home_with: HomeWith, place: str, value: object
) -> None:
    home = home_with("ok")
    path = home / "status" / "status.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {place: value}))

    ended = risk("status", "--home", str(home))

    assert ended.code == 3
    assert "cannot be" in ended.err
    assert len(ended.err.splitlines()) == 2


def test_an_unknown_account_lists_the_known_ones(risk: Risk, home_with: HomeWith) -> None:
    ended = risk("status", "--account", "carol", "--home", str(home_with("two_accounts")))

    assert ended.code == 2
    assert "known accounts: alice, bob" in ended.err


def test_watch_without_a_terminal_is_refused(risk: Risk, home_with: HomeWith) -> None:
    ended = risk("status", "--watch", "--home", str(home_with("ok")))

    assert ended.code == 2
    assert "needs a terminal" in ended.err


def test_a_pipe_gets_no_color_unless_asked(risk: Risk, home_with: HomeWith) -> None:
    home = str(home_with("locked"))

    assert "\x1b" not in risk("status", "--home", home).out
    assert "\x1b[" in risk("status", "--home", home, "--color", "always").out
    assert "\x1b" not in risk("status", "--home", home, "--color", "never").out


def test_both_ways_to_the_status_print_the_same(risk: Risk, home_with: HomeWith) -> None:
    home = str(home_with("locked"))

    short = risk("status", "--home", home)
    library = risk("status", f"--home={home}")  # the short way does not understand `=`

    assert short == library


def test_the_home_of_the_surroundings_is_used(
    risk: Risk, home_with: HomeWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_HOME", str(home_with("ok")))

    assert risk("status", "--check").code == 0
