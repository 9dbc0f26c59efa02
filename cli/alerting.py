"""Calling the trader: a sound, and a toast of the desktop where the system has one. It runs in the trader's session.

A service has no desktop, so the guard itself cannot do this; `risk alerts` does, and changes nothing.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable

SECONDS = 5
Toast = Callable[[str, str], bool]


def ring() -> None:
    """Make the system's sound for something important, or ring the terminal's bell."""
    if sys.platform == "win32":
        import winsound

        winsound.MessageBeep(winsound.MB_ICONEXCLAMATION)
        return
    if sys.stderr.isatty():
        sys.stderr.write("\a")
        sys.stderr.flush()


def toaster() -> Toast | None:
    """Return what shows a title and a text on the desktop; None where nothing can."""
    if sys.platform == "win32":
        return _windows_toaster()
    program = shutil.which("notify-send")
    if program is None:
        return None

    def show(title: str, text: str) -> bool:
        try:
            return (
                subprocess.run(  # noqa: S603 - a fixed program, texts behind `--`
                    [program, "--app-name=risk", "--", title, text], timeout=SECONDS, check=False
                ).returncode
                == 0
            )
        except (OSError, subprocess.TimeoutExpired):
            return False

    return show


def _windows_toaster() -> Toast | None:
    try:
        import apprise
    except ImportError:
        return None  # the extra `notify` is not installed: the sound has to do
    desktop = apprise.Apprise()
    if not desktop.add("windows://"):
        return None
    return lambda title, text: bool(desktop.notify(title=title, body=text))
