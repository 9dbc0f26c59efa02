"""`risk demo` as a process: every rule is enforced and proven, and whatever ends it, nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

RULES = {"max_contracts", "max_contracts_per_instrument", "session_block_outside", "daily_realized_loss"}
DEMO = [sys.executable, "-m", "cli", "demo"]


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One whole demo, a minute long, with its folder for temporary files."""
    folder = tmp_path_factory.mktemp("demo")
    ended = subprocess.run(
        [*DEMO, "--headless", "--json"],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        env=os.environ | {"TMPDIR": str(folder)},
    )
    return ended, folder


def test_every_rule_is_enforced_and_verified_at_the_venue(played: Any) -> None:
    ended, _ = played
    result = json.loads(ended.stdout)

    assert (ended.returncode, result["ok"]) == (0, True), ended.stderr
    assert {row["rule"] for row in result["enforcements"] if row["verified"]} == RULES
    assert all(row["verified"] for row in result["enforcements"])
    assert result["left_at_the_venue"] == []


def test_reentries_under_a_lock_are_closed(played: Any) -> None:
    assert json.loads(played[0].stdout)["reentries_closed"] >= 2


def test_each_enforcement_has_its_four_times_in_order(played: Any) -> None:
    for row in json.loads(played[0].stdout)["enforcements"]:
        assert datetime.fromisoformat(row["detected_at"]).tzinfo is not None
        assert 0 <= row["sent_ms"] <= row["acked_ms"] <= row["flat_ms"]
        assert row["reason"]


def test_stdout_is_one_object_and_the_story_goes_to_stderr(played: Any) -> None:
    ended, _ = played

    assert len(ended.stdout.strip().splitlines()) == 1
    assert "alice buys 3 MES" in ended.stderr
    assert "breach: daily_realized_loss" in ended.stderr


def test_nothing_is_left_on_the_disk(played: Any) -> None:
    assert list(played[1].iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="signals as on POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_demo_takes_everything_down(tmp_path: Path, number: int, code: int) -> None:
    with running(tmp_path) as demo:
        children = psutil.Process(demo.pid).children(recursive=True)
        assert len(children) == 2, "the venue and the guard"

        demo.send_signal(number)

        assert demo.wait(30) == code
        assert psutil.wait_procs(children, timeout=5)[1] == []
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="signals as on POSIX")
def test_a_guard_that_dies_ends_the_demo_with_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path) as demo:
        status = next(tmp_path.glob("risk-demo-*/status/status.json"))
        guard = json.loads(status.read_text())["daemon"]["pid"]

        os.kill(guard, signal.SIGKILL)
        _, said = demo.communicate(timeout=30)

        assert demo.returncode == 5
        assert "risk: the guard ended with exit code -9" in said
        assert "Traceback" not in said


def test_a_folder_that_is_not_empty_is_not_used(risk: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")

    ended = risk("demo", "--keep", str(tmp_path))

    assert ended.code == 3
    assert "is not empty" in ended.err


class running:  # noqa: N801 - reads as a word
    """A demo whose guard works, ended at the end of the block."""

    def __init__(self, folder: Path) -> None:
        self._demo = subprocess.Popen(
            [*DEMO, "--headless"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"},
        )

    def __enter__(self) -> "subprocess.Popen[str]":
        deadline = time.monotonic() + 60
        assert self._demo.stderr is not None
        while "traders begin" not in self._demo.stderr.readline():
            assert time.monotonic() < deadline
            assert self._demo.poll() is None
        return self._demo

    def __exit__(self, *_: object) -> None:
        if self._demo.poll() is None:
            self._demo.terminate()
        self._demo.communicate(timeout=30)
