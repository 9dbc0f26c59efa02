"""`risk log`: the acts of the guard, filtered, from the files alone."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.act_log import ActLine, follow_acts

Risk = Callable[..., Any]


def line(at: str, kind: str, rule: str, text: str, **more: Any) -> str:
    row = {"schema": "risk.act/1", "at": at, "account": "alice", "kind": kind, "rule": rule, "text": text}
    return json.dumps(row | more) + "\n"


OLD = line("2026-11-23T15:00:00.000+00:00", "warn", "daily_realized_loss", "You have used $400.")
BREACH = line("2026-11-24T20:23:15.120+00:00", "breach", "max_contracts", "You hold 7.", account="bob")
LOCK = line("2026-11-24T20:24:00+00:00", "lock", "daily_realized_loss", "Locked.", end="17:00 CST")
DONE = line("2026-11-24T20:24:01+00:00", "enforcement", "", "close long 3 MNQ.Z26: done, the venue shows it",
            rules=["daily_realized_loss", "max_contracts"], flat_ms=412, reason="both were broken")  # fmt: skip


@pytest.fixture
def home(home_with: Callable[..., Path]) -> Path:
    """Two files of a log, the older one rotated, beside a status of 14:23:30 Chicago."""
    found = home_with("ok")
    (found / "status" / "enforcement.log.1").write_text(OLD)
    (found / "status" / "enforcement.log").write_text(BREACH + LOCK + DONE)
    return found


def test_the_oldest_act_comes_first_and_times_are_the_exchanges(risk: Risk, home: Path) -> None:
    ended = risk("log", "--home", str(home))

    assert ended.code == 0
    assert ended.out.splitlines() == [
        "2026-11-23 09:00:00 CST  alice     warn         daily_realized_loss: You have used $400.",
        "2026-11-24 14:23:15 CST  bob       breach       max_contracts: You hold 7.",
        "2026-11-24 14:24:00 CST  alice     lock         daily_realized_loss: Locked. (until 17:00 CST)",
        "2026-11-24 14:24:01 CST  alice     enforcement  daily_realized_loss + max_contracts: close long 3 MNQ.Z26: "
        "done, the venue shows it (0.4 s from breach to proof) - both were broken",
    ]


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["--account", "bob"], ["breach"]),
        (["--rule", "max_contracts"], ["breach", "enforcement"]),
        (["--since", "1h"], ["breach", "lock", "enforcement"]),
        (["--since", "2d"], ["warn", "breach", "lock", "enforcement"]),
        (["--since", "today"], ["breach", "lock", "enforcement"]),
        (["--since", "2026-11-24T14:23:30"], ["lock", "enforcement"]),
        (["--since", "2026-11-24T20:24:01+00:00"], ["enforcement"]),
    ],
)
def test_filters_keep_what_fits(risk: Risk, home: Path, options: list[str], kinds: list[str]) -> None:
    ended = risk("log", "--json", "--home", str(home), *options)

    assert [json.loads(row)["kind"] for row in ended.out.splitlines()] == kinds


def test_json_is_what_was_written(risk: Risk, home: Path) -> None:
    ended = risk("log", "--json", "--home", str(home))

    assert [json.loads(row) for row in ended.out.splitlines()] == [
        json.loads(row) for row in (OLD, BREACH, LOCK, DONE)
    ]


def test_a_line_that_cannot_be_read_is_counted_and_said(risk: Risk, home: Path) -> None:
    log = home / "status" / "enforcement.log"
    log.write_text('{"at": 5}\n' + BREACH + '{"schema": "risk.act/1", "at": "2026-')

    ended = risk("log", "--home", str(home), "--since", "1h")

    assert "max_contracts" in ended.out
    assert "2 line(s)" in ended.err


def test_a_time_that_is_none_is_explained(risk: Risk, home: Path) -> None:
    ended = risk("log", "--home", str(home), "--since", "yesterday")

    assert ended.code == 2
    assert "write 30m, 2h, 3d, today" in ended.err


def test_a_home_without_a_log_says_so(risk: Risk, tmp_path: Path) -> None:
    ended = risk("log", "--home", str(tmp_path))

    assert ended.code == 5
    assert "there is no log yet" in ended.err


def test_what_stands_in_a_line_cannot_steer_the_terminal(risk: Risk, home: Path) -> None:
    nasty = line("2026-11-24T20:24:00+00:00", "breach", "\x1b[2J[red]", "\u202eabc\x07")
    (home / "status" / "enforcement.log").write_text(nasty)

    text = risk("log", "--home", str(home)).out

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[2J[red]: abc" in text


def test_following_goes_on_in_the_fresh_file_after_a_rotation(home: Path) -> None:
    log = home / "status" / "enforcement.log"
    whole = log.read_text()
    steps = iter(
        [
            lambda: log.write_text(whole + BREACH[:20]),
            lambda: log.write_text(whole + BREACH),
            lambda: log.rename(home / "status" / "enforcement.log.2"),
            lambda: log.write_text(LOCK),
        ]
    )

    def wait() -> None:
        if step := next(steps, None):
            step()

    followed = follow_acts(log, wait)
    kinds = [act.kind for act in _take(followed, 6) if act is not None]

    assert kinds == ["warn", "breach", "lock", "enforcement", "breach", "lock"]


def _take(acts: Any, count: int) -> list[ActLine | None]:
    found: list[ActLine | None] = []
    worker = threading.Thread(target=lambda: found.extend(next(acts) for _ in range(count)), daemon=True)
    worker.start()
    deadline = time.monotonic() + 20
    while worker.is_alive() and time.monotonic() < deadline:
        worker.join(0.1)
    return found
