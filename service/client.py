"""What the screens use: the published status and the trader's log, whether the daemon runs or not, and its doors."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from service.asking import AskRefused, GuardNotRunning, ask, follow
from service.clock import host_clock
from service.home import Home

__all__ = ["AskRefused", "GuardNotRunning", "ask", "follow", "read_acts", "read_status"]

STALE_SECONDS = 12.0
"""Older than this, nobody writes it any more: the daemon writes at least every 5 s."""


class Trouble(StrEnum):
    """Why there is no status to show."""

    NO_HOME = "no_home"
    NEVER_RAN = "never_ran"
    UNREADABLE = "unreadable"


class StatusMissing(Exception):
    """There is no status to show. The text is one sentence with what to do."""

    def __init__(self, trouble: Trouble, text: str) -> None:
        super().__init__(text)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Published:
    """The last status with its age by the host's clock. Not running: it shows how things were, and nobody guards now."""

    document: dict[str, Any]
    age: float
    is_running: bool


def read_status(home: Path) -> Published:
    """Return the last published status. Raises StatusMissing."""
    path = Home(home).status
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        written_at = datetime.fromisoformat(document["written_at"])
        state = document["daemon"]["state"]
    except FileNotFoundError:
        raise _missing(home) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StatusMissing(Trouble.UNREADABLE, f"{path} cannot be read ({type(error).__name__})") from error
    # The file's own time of writing and the host's clock now are of the same clock, whatever that clock says.
    age = (datetime.fromtimestamp(host_clock() // 1_000_000, UTC) - written_at).total_seconds()
    is_running = state != "stopping" and -STALE_SECONDS < age < STALE_SECONDS
    return Published(document, max(age, 0.0), is_running)


def _missing(home: Path) -> StatusMissing:
    if not home.is_dir():
        return StatusMissing(
            Trouble.NO_HOME, f"there is no folder {home}: set RISK_HOME, or make one with `risk admin init`"
        )
    return StatusMissing(Trouble.NEVER_RAN, f"no guard has run for {home} yet: start it with `risk run`")


def read_acts(home: Path, *, account: str | None = None, most: int = 100) -> list[dict[str, Any]]:
    """Return the latest lines of the trader's log, oldest first; lines that cannot be read are left out."""
    found: deque[dict[str, Any]] = deque(maxlen=most)
    for file in files_of(Home(home).acts):
        for line in lines_in(file):
            act = _parsed(line)
            if act is not None and account in (None, act.get("account")):
                found.append(act)
    return list(found)


def files_of(path: Path) -> list[Path]:
    """Return the rotated files of a log, oldest first, and the current one."""
    numbers = sorted(
        (int(old.suffix[1:]) for old in path.parent.glob(f"{path.name}.*") if old.suffix[1:].isdigit()),
        reverse=True,
    )
    return [*(path.with_name(f"{path.name}.{number}") for number in numbers), path]


def lines_in(path: Path) -> Iterator[str]:
    """Yield the lines of a file; none if it was rotated away under our hands."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from file
    except FileNotFoundError:
        return


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        act = json.loads(line)
    except ValueError:
        return None  # the last line of a daemon that was killed while writing
    return act if isinstance(act, dict) else None
