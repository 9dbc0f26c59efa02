"""The store as the engine thread uses it: one transaction a step, written before anything is sent."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from engine.events import Event
from engine.state import State
from engine.units import Instant
from service.fail_points import fail_point
from service.store import reading
from service.store.audit import GENESIS, AuditChain, row_hash
from service.store.ends import Ends, ends_of
from service.store.kept_rules import KeptRules, keep
from service.store.opening import open_database
from service.store.rows import (
    LAST_SEEN,
    SEEN_EVERY,
    Stepped,
    Write,
    audit_row,
    is_quiet,
    is_weighty,
    journal_row,
    link_rows,
    meta_row,
    outcome_rows,
    request_rows,
    snapshot_rows,
)

QUIET_ROWS, QUIET_SECONDS = 256, 1.0
"""How much may be gathered before it is written, as long as it led to nothing."""

REST_SECONDS = 1.0
"""After a failure nothing is tried for so long: a disk that hangs must not delay the protection at every step."""

MOST_WAITING = 20_000
"""With so many rows in memory quotes and ticks that led to nothing are let go of."""


class StoreFailed(Exception):
    """The disk does not take what must be kept. It waits in memory and is tried again with the next step."""


class Store:
    """Used by one thread. What could not be written stays in `_waiting`, in order, until it can."""

    def __init__(self, path: Path, seconds: Callable[[], float] = monotonic) -> None:
        """Open or create the file. Raises StoreDamaged, StoreUnusable or StoreTooNew."""
        self.path = path
        self.connection = self._opened()
        self._seconds = seconds
        self._waiting: list[Write] = []
        self._waiting_since: float | None = None
        self._is_weighty = False
        self._rest_until = 0.0
        self._failure = ""
        self._logins: dict[str, bool] = {}
        self._at, self._seen = reading.last_seen(self.connection) or Instant(0), Instant(0)
        self._synced = ends_of(self.connection)
        self._chain = AuditChain(self._synced.row, self._synced.hash)
        self.seq, self._journal = self._synced.event, self._synced.event_hash

    def step(self, origin: str, event: Event, steps: Sequence[Stepped]) -> None:
        """Store an event with all it led to, in one transaction. Raises StoreFailed; nothing is lost by that."""
        results = tuple(steps)
        if len(self._waiting) > MOST_WAITING and is_quiet(event, results):
            return
        event_row = journal_row(self.seq + 1, origin, event, self._journal)
        chain = self._chain.copy()
        writes = [event_row, *link_rows(origin, event, self._logins, chain), *request_rows(event, chain)]
        for result in results:
            writes += outcome_rows(self.seq + 1, event.at, result, chain)
        self._at = event.at
        self.seq += 1  # from here on nothing can fail but the disk
        self._chain, self._journal = chain, event_row[1][-1]
        for write in writes:
            self._add(write)
        self._is_weighty = self._is_weighty or any(is_weighty(result) for result in results)
        if not is_quiet(event, results) or self._is_overdue():
            self.flush()

    def jot(self, at: Instant, kind: str, body: str, account: int = 0) -> None:
        """Add a line to the audit trail, together with the next step that is stored."""
        self._at = at
        self._add(audit_row(self._chain.next(at, account, kind, body)))
        self._is_weighty = True

    def note(self, at: Instant, kind: str, body: str, account: int = 0) -> None:
        """Add a line to the audit trail now: a start, a gap, new settings. Raises StoreFailed; it waits in memory then."""
        self.jot(at, kind, body, account)
        self.flush()

    def remember(self, key: str, value: str) -> None:
        """Keep one small fact, together with the next step that is stored; all but the time go into the trail too."""
        self._add(meta_row(key, value))
        if key != LAST_SEEN:
            self._add(
                audit_row(self._chain.next(self._at, 0, "fact", json.dumps({"key": key, "value": value})))
            )

    def recall(self, key: str) -> str | None:
        """Return a fact that was remembered."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def keep_rules(self, rules: KeptRules, at: Instant) -> None:
        """Keep a ruleset that is armed, so that it can be compiled again without its files; with the next step."""
        statement, values = keep(rules, at)
        self._add((statement, values))
        body = {"name": rules.name, "digest": rules.digest, "sha256": row_hash(GENESIS, values[1:])}
        self.jot(at, "rules", json.dumps(body))

    def snapshot(self, state: State) -> None:
        """Store the whole state of an account as it is after the last event. Raises StoreFailed."""
        chain = self._chain.copy()
        writes = snapshot_rows(self.seq, state, chain)
        self._chain = chain
        for write in writes:
            self._add(write)
        fail_point("snapshot.before_commit")
        self.flush()

    def flush(self, *, to_the_platter: bool = False) -> None:
        """Write what waits, in one transaction.

        FULL when a step locks or acts: it is on the platter before the request leaves. NORMAL else, which saves a
        sync: a kill loses nothing, a power cut only events that the venue tells again.
        """
        if not self._waiting:
            return
        if self._seconds() < self._rest_until:
            raise StoreFailed(self._failure)
        is_synced = self._is_weighty or to_the_platter
        if self._at - self._seen >= SEEN_EVERY:
            self._seen = self._at
            self._waiting.append(meta_row(LAST_SEEN, str(self._at)))
        try:
            self.connection.execute(f"PRAGMA synchronous={'FULL' if is_synced else 'NORMAL'}")
            self.connection.execute("BEGIN IMMEDIATE")
            for statement, values in self._waiting:
                self.connection.execute(statement, values)
            fail_point("store.before_commit")
            self.connection.execute("COMMIT")
        except Exception as error:  # disk, lock, or a value no column takes: nothing may be half written
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self._rest_until = self._seconds() + REST_SECONDS
            self._failure = f"the store cannot be written: {error}"
            raise StoreFailed(self._failure) from error
        fail_point("store.after_commit")
        self._waiting.clear()
        self._waiting_since, self._is_weighty, self._failure = None, False, ""
        if is_synced:
            self._synced = self.ends

    @property
    def is_failing(self) -> bool:
        """Whether the last thing that had to be written could not be, and waits."""
        return bool(self._failure)

    @property
    def ends(self) -> Ends:
        """Where trail and journal end, what waits included."""
        return Ends(*self._chain.end, self.seq, self._journal)

    @property
    def synced(self) -> Ends:
        """Where trail and journal ended when they were last on the platter: no power cut takes that back."""
        return self._synced

    @property
    def waiting(self) -> int:
        """How many rows are not on the disk yet."""
        return len(self._waiting)

    def close(self) -> None:
        """Write what waits and close. Raises StoreFailed."""
        try:
            self.flush()
        finally:
            self.connection.close()

    def _opened(self) -> sqlite3.Connection:
        return open_database(self.path)

    def _add(self, write: Write) -> None:
        if self._waiting_since is None:
            self._waiting_since = self._seconds()
        self._waiting.append(write)

    def _is_overdue(self) -> bool:
        since = self._waiting_since
        return len(self._waiting) >= QUIET_ROWS or (
            since is not None and self._seconds() - since >= QUIET_SECONDS
        )
