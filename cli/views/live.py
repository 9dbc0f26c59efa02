"""The screen that stays: drawn again each second, from the file alone."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.segment import Segment, Segments
from rich.text import Text

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.published import load
from cli.terminal import console
from cli.views.frame import frame

BEAT = 1.0
"""Seconds between two drawings: countdowns show seconds."""


def watch_status(home: Path, account: str | None) -> None:
    """Follow the status until the process is interrupted. Raises Failure when nobody could see it."""
    screen = console()
    if not screen.is_terminal:
        raise Failure("--watch needs a terminal", "leave it out, or use --json", ExitCode.USAGE)
    load(home)  # a home without any status is an error at once, not an empty screen
    follow(home, account, screen, is_over=lambda: False)


def follow(home: Path, account: str | None, screen: Console, is_over: Callable[[], bool]) -> None:
    """Draw until `is_over`. The terminal is given back as it was, whatever ends it."""
    with terminated_as_exit(), Live(console=screen, screen=True, auto_refresh=False) as live:
        while not is_over():
            live.update(fitted(picture(home, account, screen), screen), refresh=True)
            time.sleep(BEAT)


def fitted(body: RenderableType, screen: Console) -> RenderableType:
    """Return the body cut to the height of the terminal; the last line then says that there is more."""
    lines = screen.render_lines(body, pad=False)
    if len(lines) <= screen.height:
        return body
    shown = lines[: screen.height - 1]
    more = Text("more below: enlarge the window, or choose one with --account", style="reverse")
    return Group(Segments([part for line in shown for part in (*line, Segment.line())]), more)


def picture(home: Path, account: str | None, screen: Console) -> RenderableType:
    """Return the screen now; a file that cannot be read for a moment is said, and tried again."""
    try:
        return frame(load(home), screen, account)
    except Failure as failure:
        return Text("\n".join(failure.lines()), style="bold red")


@contextmanager
def terminated_as_exit() -> Iterator[None]:
    """Turn SIGTERM into an orderly exit, so that what was started is also ended."""

    def leave(number: int, place: FrameType | None) -> None:
        raise SystemExit(int(ExitCode.TERMINATED))

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
