"""`risk alerts` as the trader starts it: old acts call nobody, new ones do, and no text is taken for an option."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the desktop")


def act(kind: str, text: str, **more: str) -> str:
    return (
        json.dumps(
            {
                "at": "2026-11-24T15:00:00+00:00",
                "account": "alice",
                "kind": kind,
                "rule": "max",
                "text": text,
                **more,
            }
        )
        + "\n"
    )


class Desk:
    """A running `risk alerts` with a desktop that writes down what it shows."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.toasts = folder / "toasts"
        self.toasts.touch()
        program = folder / "notify-send"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {self.toasts}\n')
        program.chmod(0o755)
        self.log = home / "status" / "enforcement.log"
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "cli", "alerts", "--home", str(home)],
            cwd=ROOT, env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def write(self, line: str) -> None:
        with self.log.open("a") as file:
            file.write(line)

    def shown(self, wanted: int) -> list[str]:
        """Return the toasts once there are so many."""
        deadline = time.monotonic() + 20
        while len(self.toasts.read_text().splitlines()) < wanted:
            assert time.monotonic() < deadline, self.toasts.read_text()
            time.sleep(0.05)
        return self.toasts.read_text().splitlines()


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(home, tmp_path)
    yield made
    made.process.kill()
    made.process.communicate()


def test_a_lock_and_an_escalation_call_the_trader_and_a_breach_alone_does_not(desk: Desk) -> None:
    time.sleep(3)  # it is a process of its own and says nothing before the first act
    desk.write(act("breach", "You hold 7."))
    desk.write(act("lock", "--hint=evil You hold 7.", end="17:00 CST"))
    desk.write(act("enforcement", "close long 7: NOT DONE YET", progress="escalated"))
    desk.write(act("enforcement", "close long 7: done", progress="proven"))

    assert desk.shown(2) == [
        "--app-name=risk -- alice: locked --hint=evil You hold 7.",
        "--app-name=risk -- alice: NOT DONE, look at the platform close long 7: NOT DONE YET",
    ]
    desk.process.kill()
    printed, _ = desk.process.communicate()
    assert [line.split()[4] for line in printed.splitlines()] == ["lock", "enforcement"]
