"""What the guard published, as the screens use it: the status with its age, or one sentence why there is none."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.json_reader import BadDocument
from cli.status_document import Status
from cli.status_reading import read_status
from service import client

FRESH = 2.0
"""Seconds. Somebody wrote so lately that there is no need to ask whether the process lives."""


@dataclass(frozen=True, slots=True)
class Published:
    """A status, the document it was read from, and how long ago it was written on this computer's clock."""

    status: Status
    document: dict[str, Any]
    age: timedelta
    is_running: bool

    @property
    def venue_now(self) -> datetime:
        """The trusted time now: what was published, carried forward by its age."""
        return self.status.venue_time + self.age


def load(home: Path) -> Published:
    """Return the latest published status of a home. Raises Failure when there is none or it cannot be read."""
    try:
        found = client.read_status(home)
        status = read_status(found.document)
    except client.StatusMissing as missing:
        if missing.trouble is client.Trouble.UNREADABLE:
            raise Failure(str(missing), _UNREADABLE, ExitCode.CONFIGURATION) from missing
        advice = "choose the home with --home or RISK_HOME; to see a guard work first: `risk demo`"
        raise Failure(str(missing), advice, ExitCode.NOT_RUNNING) from missing
    except (BadDocument, TypeError, RecursionError) as error:
        text = f"the status of {home} cannot be understood: {error}"
        raise Failure(text, _UNREADABLE, ExitCode.CONFIGURATION) from error
    is_running = found.is_running and (found.age <= FRESH or not has_ended(status.pid))
    return Published(status, found.document, timedelta(seconds=found.age), is_running)


_UNREADABLE = "the guard and this command may be of different versions; restart the guard with `risk run`"


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
