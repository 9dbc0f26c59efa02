"""status/status.json: a thread that writes what the engine knows, as often as somebody could see a difference."""

import json
import logging
import os
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from engine.units import Instant
from service.alarms import Alarms
from service.clock import TrustedClock
from service.daybook.book import DayBook
from service.guarded import Guarded
from service.iso import iso
from service.published.account import account_part
from service.published.losers import Losers
from service.status_file import REPLACE_SECONDS, StatusFile
from service.store.ends import Ends
from service.version import version

LOG = logging.getLogger("risk.publish")

SCHEMA = "risk.status/1"
SHORTEST = 0.25
COUNTING = 1.0
LONGEST = 5.0
"""Seconds between two writings: after a change, while something counts down, and when nothing happens."""


More = Callable[[Guarded, Instant], dict[str, Any]]
"""Gives what else is shown of an account at a moment."""


@dataclass(frozen=True, slots=True)
class Newest:
    """A status with its number, counted from 1 since the start."""

    number: int
    document: dict[str, Any]


class Publisher:
    """Reads the accounts' frozen states; never blocks the engine thread."""

    def __init__(
        self,
        path: Path,
        accounts: Collection[Guarded],
        clock: TrustedClock,
        alarms: Alarms,
        trail: Callable[[], Ends],
        days: DayBook | None = None,
        more: Sequence[More] = (),
    ) -> None:
        """`trail` says where the audit trail ends: told here too, so that one that was cut off is seen.

        `days` keeps what was shown, for the report; `more` adds to what is shown of an account.
        """
        self._trail = trail
        self._file = StatusFile(path)
        self._days = days
        self._more = tuple(more)
        self._accounts = accounts
        self._clock = clock
        self._alarms = alarms
        self._started_at = iso(clock.now())
        self._changed = threading.Event()
        self._is_stopping = threading.Event()
        self._state = "starting"
        self._losers = Losers()
        self._newest: Newest | None = None
        self._published = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="publisher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def changed(self) -> None:
        """Say that there is something new to show. Costs nothing."""
        self._changed.set()

    def enter(self, state: str) -> None:
        """Show the daemon as `starting`, `running` or `halted`, now."""
        self._state = state
        self.write()

    def stop(self) -> None:
        """End the thread and leave a last status that says so."""
        self._is_stopping.set()
        self._changed.set()
        if self._thread.ident is not None:
            self._thread.join(REPLACE_SECONDS)
        self.enter("stopping")

    def document(self) -> dict[str, Any]:
        """Return the status as of now."""
        clock, trail = self._clock.read(), self._trail()
        accounts = [self._account(account, max(clock.now, account.state.now)) for account in self._accounts]
        return {
            "schema": SCHEMA,
            "written_at": iso(clock.now + clock.offset),
            "venue_time": iso(clock.now),
            "clock": {
                "offset_s": f"{clock.offset / 1_000_000:.1f}",
                "source": "venue" if clock.is_confirmed else "unconfirmed",
            },
            "daemon": {
                "version": version(),
                "pid": os.getpid(),
                "started_at": self._started_at,
                "state": self._state_shown(),
                "alarms": [
                    {"code": alarm.code, "text": alarm.text, "since": iso(alarm.since)}
                    for alarm in self._alarms.active()
                ],
            },
            "audit": {"row": trail.row, "hash": trail.hash},
            "accounts": accounts,
        }

    def _account(self, account: Guarded, now: Instant) -> dict[str, Any]:
        part = account_part(account, now, self._losers.left(account, now))
        for add in self._more:
            part |= add(account, now)
        return part

    def write(self) -> None:
        """Put the status in place of the last one, whole or not at all."""
        try:
            document = self.document()
            self._show(document)
            self._file.write(json.dumps(document, ensure_ascii=True))
            if self._days is not None and self._clock.read().is_confirmed:
                self._days.note(self._accounts, document, self._clock.now())
        except Exception:  # the screens lose a snapshot, the guard goes on
            LOG.exception("the status could not be written")

    def newest(self, after: int, seconds: float) -> Newest | None:
        """Return the newest status if its number is above `after`; else wait for one, at most so long."""
        with self._published:
            self._published.wait_for(lambda: self._number() > after, timeout=seconds)
            return self._newest if self._number() > after else None

    def _show(self, document: dict[str, Any]) -> None:
        with self._published:
            self._newest = Newest(self._number() + 1, document)
            self._published.notify_all()

    def _number(self) -> int:
        return self._newest.number if self._newest else 0

    def _state_shown(self) -> str:
        is_halted = self._state == "running" and any(account.halted for account in self._accounts)
        return "halted" if is_halted else self._state

    def _work(self) -> None:
        while not self._is_stopping.is_set():
            self.write()
            written_at = monotonic()
            self._changed.wait(COUNTING if self._counts_down() else LONGEST)
            self._is_stopping.wait(max(SHORTEST - (monotonic() - written_at), 0.0))
            self._changed.clear()

    def _counts_down(self) -> bool:
        return any(account.state.locks or account.state.positions for account in self._accounts)
