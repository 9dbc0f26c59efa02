"""Reading what the guard published: the snapshot of `status/status.json`, with its age."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.host_time import from_stamp, host_now
from cli.json_reader import BadDocument
from cli.status_document import Status
from cli.status_reading import read_status

FRESH = timedelta(seconds=2)
"""Somebody wrote so lately that there is no need to ask further."""

SILENT_AFTER = timedelta(seconds=12)
"""A running guard writes at least each 5 s (`service.publish`), so after this nobody writes any more."""

FINISHED = frozenset({"stopped", "stopping"})
"""States in which the guard says itself that it no longer watches."""


@dataclass(frozen=True, slots=True)
class Published:
    """A status with how long ago it was written on this computer's clock."""

    status: Status
    text: str
    age: timedelta

    @property
    def is_running(self) -> bool:
        if self.status.state in FINISHED or self.age > SILENT_AFTER:
            return False
        return self.age <= FRESH or not has_ended(self.status.pid)

    @property
    def venue_now(self) -> datetime:
        """The trusted time now: what was published, carried forward by the file's age."""
        return self.status.venue_time + self.age


def has_ended(pid: int) -> bool:
    """Say whether that process is surely gone. Windows has no harmless way to ask by number: there the age decides."""
    if os.name == "nt" or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def load(path: Path) -> Published:
    """Return the latest published status. Raises Failure when there is none or it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        written = from_stamp(path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise Failure(
            f"no guard has ever run with this home: {path} does not exist",
            "start it with `risk run`, choose the home with --home or RISK_HOME, or see it work first: `risk demo`",
            ExitCode.NOT_RUNNING,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"cannot read {path}: {error}", _UNREADABLE, ExitCode.CONFIGURATION) from error
    try:
        status = read_status(json.loads(text, parse_float=Decimal))
    except (json.JSONDecodeError, BadDocument, RecursionError) as error:
        raise Failure(f"cannot understand {path}: {error}", _UNREADABLE, ExitCode.CONFIGURATION) from error
    return Published(status, text, max(timedelta(0), host_now() - written))


_UNREADABLE = "the guard and this command may be of different versions; restart the guard with `risk run`"
