"""Requests in the audit trail: each with who asked, for what, and the answer; of a flood the number is kept."""

import json
import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from service.clock import TrustedClock
from service.doors.house import House
from service.doors.pace import Pace
from service.doors.peer import Peer
from service.doors.refused import Refused
from service.store.store import Store, StoreFailed

LOG = logging.getLogger("risk.doors")

KIND = "ask"
"""The kind of these rows in the trail."""

MINUTE = 60.0


class Trail:
    """One door's. Written by the engine thread, called from the threads of the door."""

    def __init__(
        self, door: str, most: int, most_a_day: int, seconds: Callable[[], float] = monotonic
    ) -> None:
        """`most` rows a minute, and `most_a_day`, are written one by one."""
        self._door = door
        self._most = most
        self._day = Pace(most_a_day, lambda: seconds() / (24 * 60))
        self._seconds = seconds
        self._lock = threading.Lock()
        self._since = seconds()
        self._written = 0
        self._skipped = 0

    def note(self, house: House, verb: str, fields: dict[str, Any], code: str, text: str) -> None:
        """Write a request with its answer before the answer is given. Raises Refused when nobody takes it down."""
        row = {"verb": verb[:40], **_who(house.peer), "fields": fields, "code": code}
        if text:
            row["text"] = text[:300]
        skipped, is_written = self._counted()
        rows = ([{"skipped": skipped}] if skipped else []) + ([row] if is_written else [])
        if rows:
            house.on_engine(lambda: self._write(house.store, house.clock, rows))

    def look(self, store: Store, clock: TrustedClock) -> None:
        """Write what is left of a flood that is over. On the engine thread, at each heartbeat."""
        with self._lock:
            if not self._skipped or self._seconds() - self._since < MINUTE:
                return
            skipped, self._skipped = self._skipped, 0
        self._write(store, clock, [{"skipped": skipped}])

    def _counted(self) -> tuple[int, bool]:
        """Return how many were left out in the minute before, once it is over, and whether this one is written."""
        with self._lock:
            skipped = 0
            if self._seconds() - self._since >= MINUTE:
                self._since, self._written = self._seconds(), 0
                skipped, self._skipped = self._skipped, 0
            if self._written >= self._most or not self._day.take():
                self._skipped += 1
                return 0, False
            self._written += 1
            return skipped, True

    def _write(self, store: Store, clock: TrustedClock, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            text = json.dumps({"door": self._door, **row}, ensure_ascii=True)
            try:
                store.note(clock.now(), KIND, text)
            except (
                StoreFailed
            ):  # the row waits in memory with all others, and the alarm is raised by the step
                LOG.error("a request waits for the disk: %s", text)


def _who(peer: Peer) -> dict[str, Any]:
    return {"who": peer.who, "pid": peer.pid}


def code_of(refused: Refused | None) -> tuple[str, str]:
    """Return the code and the text of an answer for the trail."""
    return ("ok", "") if refused is None else (refused.code.value, refused.text)
