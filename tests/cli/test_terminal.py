"""On a real terminal: color, NO_COLOR, and a watching screen that gives the terminal back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="pseudo terminals exist on POSIX only")

ENTER_SCREEN, LEAVE_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
CLEAN = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}


@contextmanager
def on_a_terminal(
    *arguments: str, **variables: str
) -> Iterator[tuple["subprocess.Popen[bytes]", Callable[[], str]]]:
    """Run `risk` on a pseudo terminal; the function gives everything that was shown so far."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cli", *arguments]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=CLEAN | {"TERM": "xterm-256color"} | variables,
    )
    os.close(theirs)
    os.set_blocking(ours, False)
    seen = bytearray()

    def shown() -> str:
        try:
            while part := os.read(ours, 65536):
                seen.extend(part)
        except (BlockingIOError, OSError):
            pass
        return seen.decode(errors="replace")

    try:
        yield process, shown
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def all_shown(*arguments: str, **variables: str) -> str:
    with on_a_terminal(*arguments, **variables) as (process, shown):
        wait_for(lambda: (shown(), process.poll())[1] is not None)
        return shown()


def test_a_terminal_gets_color(home_with: Callable[..., Path]) -> None:
    assert "\x1b[1;37;41m LOCKED" in all_shown("status", "--home", str(home_with("locked")))


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_color_gets_none(home_with: Callable[..., Path], variable: dict[str, str]) -> None:
    text = all_shown("status", "--home", str(home_with("locked")), **variable)

    assert "LOCKED" in text
    assert "\x1b[" not in text.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\x1b[2m", "")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_watching_screen_follows_and_gives_the_terminal_back(
    home_with: Callable[..., Path], number: int, code: int
) -> None:
    home = str(home_with("ok", age=-9))

    with on_a_terminal("status", "--watch", "--home", home) as (process, shown):
        wait_for(lambda: "OK TO TRADE" in shown())
        home_with("locked", age=-9)
        wait_for(lambda: "LOCKED" in shown())
        process.send_signal(number)

        assert process.wait(10) == code
        assert shown().count(ENTER_SCREEN) == shown().count(LEAVE_SCREEN) == 1
        assert "Traceback" not in shown()


def test_a_status_that_vanishes_while_watched_is_said(home_with: Callable[..., Path]) -> None:
    home = home_with("ok", age=-9)

    with on_a_terminal("status", "--watch", "--home", str(home)) as (_, shown):
        wait_for(lambda: "OK TO TRADE" in shown())
        (home / "status" / "status.json").unlink()
        wait_for(lambda: "no guard has run for" in shown())
