"""The proof of the whole store, beside the guard's work: after each start and once a day."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

from engine.units import DAY, Instant
from service.alarms import Alarms
from service.store import reading
from service.store.proof import prove
from service.store.store import Store

LOG = logging.getLogger("risk.proving")

MOST_TOLD = 20
"""So many damaged rows go into the audit trail; `risk admin audit verify` names them all."""


class Proving:
    """Looked at by the engine thread at each heartbeat; the proof itself runs on a connection of its own."""

    def __init__(self, store: Store, alarms: Alarms, lock: Callable[[Instant, str], None]) -> None:
        """`lock` locks every account until an admin has looked: a lost lock must not turn into freedom."""
        self._store = store
        self._alarms = alarms
        self._lock = lock
        self._began_at: Instant | None = None
        self._thread: threading.Thread | None = None
        self._found: tuple[str, ...] = ()

    def look(self, now: Instant) -> None:
        """Answer what the last proof found, and begin the next one when a day has gone by. Raises StoreFailed."""
        if self._thread is not None and self._thread.is_alive():
            return
        if self._found:
            found, self._found = self._found, ()
            self._answer(now, found)
        if self._began_at is None or now - self._began_at >= DAY:
            self._began_at = now
            self._thread = threading.Thread(target=self._prove, name="proof", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait a moment for a proof that is under way."""
        if self._thread is not None:
            self._thread.join(1.0)

    def _answer(self, now: Instant, found: tuple[str, ...]) -> None:
        text = f"the audit trail shows that the store was changed: {found[0]}. Run `risk admin audit verify`"
        self._alarms.raise_("audit_damaged", text)
        for finding in found[:MOST_TOLD]:
            self._store.note(now, "damage", finding)
        self._lock(now, found[0])

    def _prove(self) -> None:
        """Prove the store; what is wrong counts when a second look finds it too, for a disk may stumble once."""
        try:
            found = self._look()
            again = set(self._look()) if found else set()
        except sqlite3.Error as error:
            text = f"the store could not be read to prove it ({error}); it is tried again, look at the disk"
            self._alarms.raise_("audit_unproven", text)
            self._began_at = None
            return
        self._alarms.clear("audit_unproven")
        self._found = tuple(text for text in found if text in again)

    def _look(self) -> list[str]:
        """Return what is wrong and was not told before. Raises sqlite3.Error."""
        with closing(sqlite3.connect(f"{self._store.path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("BEGIN")  # one view of everything, while the engine goes on writing
            told = reading.damages_told(connection)
            proof = prove(connection)
        LOG.info("the audit trail of %d rows is proven, %d damages", proof.rows, len(proof.damages))
        return [one.text for one in proof.damages if one.text not in told]
