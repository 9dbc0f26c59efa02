"""What the engine thread does for the store between events: heartbeat, snapshots, retention, the daily backup."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from engine.units import DAY, MINUTE, SECOND, Duration, Instant
from service.alarms import Alarms
from service.guarded import Guarded
from service.senses import Senses
from service.store.backup import BackupFailed, back_up, backup_of
from service.store.encode import NotStorable
from service.store.retention import forget_old
from service.store.store import Store, StoreFailed

LOG = logging.getLogger("risk.upkeep")

HEARTBEAT = 5 * SECOND
"""How exactly the next start knows for how long nobody was guarding."""

SNAPSHOT_ROWS = 2_000
SNAPSHOT_AGE = 15 * MINUTE
TOO_MANY_ROWS = 20_000
"""A snapshot waits for a quiet moment, but not for ever: the replay after a crash must stay short."""


class Upkeep:
    """Lives on the engine thread; only the backup runs beside it, on a connection of its own."""

    def __init__(
        self,
        accounts: Mapping[int, Guarded],
        store: Store,
        alarms: Alarms,
        *,
        backups: Path,
        keep_backups: int,
        keep_journal: Duration,
        looks: Sequence[Callable[[], None]] = (),
        senses: Senses | None = None,
    ) -> None:
        """Take what to look after; `looks` are other things to do at each heartbeat, `senses` each second."""
        self._accounts = accounts
        self._store = store
        self._alarms = alarms
        self._backups = backups
        self._keep_backups = keep_backups
        self._keep_journal = keep_journal
        self._looks = list(looks)
        self._changes: list[Callable[[], None]] = []
        self._senses = senses
        self._sensed_at = Instant(0)
        self._beat_at = Instant(0)
        self._snapshot_at = Instant(0)
        self._snapshot_seq = store.seq
        self._day = ""
        self._backup: threading.Thread | None = None

    def also_look(self, look: Callable[[], None]) -> None:
        """Do one thing more at each heartbeat. Called before the engine thread runs."""
        self._looks.append(look)

    def also_change(self, change: Callable[[], None]) -> None:
        """Do one thing more at each heartbeat, as long as it can be written down: it may loosen something."""
        self._changes.append(change)

    def look(self, now: Instant, *, is_busy: bool) -> None:
        """Do what has fallen due. `is_busy`: events wait to be worked on; quotes do not count, they never cease."""
        if self._senses is not None and now - self._sensed_at >= SECOND:
            self._sensed_at = now
            self._senses.look(now)
        if now - self._beat_at >= HEARTBEAT:
            self._beat_at = now
            self._safely(partial(self._say_alive, now))
            for look in self._looks:
                self._safely(look)
            for change in self._changes if not self._store.is_failing else ():
                self._safely(change)
        rows = self._store.seq - self._snapshot_seq
        if rows >= TOO_MANY_ROWS or (not is_busy and rows and self._is_due(now, rows)):
            self._safely(partial(self.snapshot, now))
        self._back_up_daily(now)

    def _say_alive(self, now: Instant) -> None:
        self._store.remember("last_seen", str(now))
        self._store.flush(to_the_platter=self._store.ends.row != self._store.synced.row)
        self._alarms.clear("store_failed")

    def _safely(self, act: Callable[[], None]) -> None:
        """Do one thing. A disk that fails must not keep the others from being done."""
        try:
            act()
        except StoreFailed as error:
            LOG.error("%s", error)
            self._alarms.store_failed(error)

    def snapshot(self, now: Instant) -> None:
        """Store every account's whole state and let go of journal rows nobody needs. Raises StoreFailed."""
        self._snapshot_at, self._snapshot_seq = now, self._store.seq
        for account in self._accounts.values():
            if account.halted:
                continue  # its journal must stay as it is
            try:
                self._store.snapshot(account.state)
            except NotStorable as error:
                self._alarms.raise_(f"snapshot:{account.name}", f"the state cannot be stored: {error}")
        try:
            forget_old(self._store.connection, now, self._keep_journal, self._accounts)
        except sqlite3.Error as error:
            raise StoreFailed(f"old rows cannot be removed: {error}") from error

    def finish(self) -> None:
        """Wait a moment for a backup that is under way."""
        if self._backup is not None:
            self._backup.join(1.0)

    def _is_due(self, now: Instant, rows: int) -> bool:
        return rows >= SNAPSHOT_ROWS or now - self._snapshot_at >= SNAPSHOT_AGE

    def _back_up_daily(self, now: Instant) -> None:
        day = _date(now)
        if day == self._day or (self._backup is not None and self._backup.is_alive()):
            return
        self._day = day
        if backup_of(self._backups, day).exists():
            return  # made before a restart
        self._backup = threading.Thread(target=self._back_up, args=(day,), name="backup", daemon=True)
        self._backup.start()

    def _back_up(self, day: str) -> None:
        try:
            path = back_up(self._store.path, self._backups, day, self._keep_backups)
        except BackupFailed as error:
            self._alarms.raise_("backup_failed", f"{error}. The guard goes on; look at the disk")
        else:
            LOG.info("backup %s, audit trail ends with %s", path.name, self._store.ends.hash)
            self._alarms.clear("backup_failed")


def _date(now: Instant) -> str:
    return datetime.fromtimestamp(now // DAY * (DAY // SECOND), UTC).date().isoformat()
