"""The status on a real terminal (tmux): what it shows is the picture that was reviewed, in every state and width."""

import os
import runpy
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATES = runpy.run_path(str(Path(__file__).with_name("more_states.py")))
draw = runpy.run_path(str(Path(__file__).with_name("test_status_screens.py")))["draw"]
NAMES = [*STATES["MORE"].split(), "two_accounts"]

AHEAD = -9
"""Seconds. Published so much from now on this clock, a status has no age yet: the countdowns stand still."""

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None,
    reason="tmux is not installed: the status was not looked at on a real terminal",
)


@dataclass
class Terminal:
    """One tmux of its own, so many columns wide."""

    name: str

    def tmux(self, *words: str) -> str:
        return subprocess.run(
            ["tmux", "-L", self.name, *words], capture_output=True, text=True, check=True, timeout=30
        ).stdout

    def type(self, line: str) -> None:
        self.tmux("send-keys", "-t", "0", line, "Enter")

    def shown(self, *options: str) -> str:
        """Return the screen, with what has scrolled out of it."""
        return self.tmux("capture-pane", "-p", "-S", "-", "-t", "0", *options)

    def wait_for(self, text: str, seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        while text not in (shown := self.shown()):
            assert time.monotonic() < deadline, shown
            time.sleep(0.1)
        return shown


@pytest.fixture
def terminal(request: pytest.FixtureRequest) -> Iterator[Callable[[int, int], Terminal]]:
    opened: list[Terminal] = []

    def open_one(columns: int, lines: int) -> Terminal:
        made = Terminal(f"risk-{uuid.uuid4().hex[:8]}")
        opened.append(made)
        clean = [
            "env",
            "-u",
            "NO_COLOR",
            "-u",
            "COLUMNS",
            "TZ=Europe/Berlin",
            "PS1=",
            "LANG=C.UTF-8",
            f"PYTHONPATH={ROOT}",
        ]
        made.tmux(
            "-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(lines), *clean, "sh"
        )  # fmt: skip
        return made

    yield open_one
    for one in opened:
        one.tmux("kill-server")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_terminal_shows_the_reviewed_pictures(
    width: int, terminal: Callable[[int, int], Terminal], home_with: Callable[..., Path]
) -> None:
    screen = terminal(width, 100)
    wrong = {}
    for number, name in enumerate(NAMES, start=100):
        home = home_with(name, age=AHEAD)
        screen.type(f"clear; {sys.executable} -m cli status --home {home}; echo end-of-$(({number}+0))")
        text = screen.wait_for(f"end-of-{number}")
        screen.tmux("clear-history", "-t", "0")

        lines = [line.rstrip() for line in text.partition(f"end-of-{number}")[0].splitlines()]
        first = next(place for place, line in enumerate(lines) if line.startswith("risk 0"))
        seen = "\n".join(lines[first:]).strip("\n") + "\n"
        expected = draw(STATES["STATES"][name](), width, age="0s").strip("\n") + "\n"
        if seen != expected:
            wrong[name] = seen

    assert "\n".join(wrong.values()) == "", sorted(wrong)


def test_colors_have_words_beside_them_and_a_lock_is_red(
    terminal: Callable[[int, int], Terminal], home_with: Callable[..., Path]
) -> None:
    screen = terminal(80, 60)
    home = home_with("locked_by_count", age=AHEAD)
    screen.type(f"clear; {sys.executable} -m cli status --home {home}; echo end-of-$((40+2))")
    screen.wait_for("end-of-42")

    painted = screen.shown("-e")

    assert "\x1b[31m" in painted.partition("3/3 trades this hour  ")[2][:24], "the lock's word is red"
    assert "[LOCKED 28m 14s]" in painted
    screen.type(f"clear; NO_COLOR=1 {sys.executable} -m cli status --home {home}; echo end-of-$((50+2))")
    screen.wait_for("end-of-52")
    assert "\x1b[31m" not in screen.shown("-e")
