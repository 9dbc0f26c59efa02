"""What the store is asked at start: snapshots, the journal after them, locks and recent enforcements."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from engine.enforcement import Enforcement
from engine.events import Event
from engine.locks import Lock
from engine.outcome import Decision
from engine.state import State
from engine.units import Instant
from service.store.encode import from_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal. `account` None: an event that several accounts share."""

    seq: int
    origin: str
    account: int | None
    event: Event


def snapshots(connection: sqlite3.Connection, account: int) -> Iterator[tuple[int, State]]:
    """Yield the stored states of an account with the number of their last event, newest first. Raises NotStorable."""
    query = "SELECT seq, state FROM snapshots WHERE account = ? ORDER BY seq DESC"
    for seq, text in connection.execute(query, (account,)).fetchall():
        yield seq, from_text(text, State)


def journal(connection: sqlite3.Connection, after: int, account: int, origin: str) -> Iterator[Entry]:
    """Yield what this account heard after an event: its own events and those of its login. Raises NotStorable."""
    query = (
        "SELECT seq, origin, account, event FROM journal WHERE seq > ? "
        "AND (account = ? OR (account IS NULL AND origin IN ('', ?))) ORDER BY seq"
    )
    for seq, sender, owner, text in connection.execute(query, (after, account, origin)):
        yield Entry(seq, sender, owner, from_text(text, Event))


def decisions(connection: sqlite3.Connection, after: int, account: int) -> dict[int, tuple[Decision, ...]]:
    """Return what was decided after an event, by the number of the event that led to it."""
    found: dict[int, tuple[Decision, ...]] = {}
    query = "SELECT seq, decision FROM decisions WHERE seq > ? AND account = ? ORDER BY seq, number"
    for seq, text in connection.execute(query, (after, account)):
        found[seq] = (*found.get(seq, ()), from_text(text, Decision))
    return found


def running_locks(connection: sqlite3.Connection, account: int) -> dict[str, Lock]:
    """Return the locks of an account that have not ended, by id."""
    query = "SELECT id, lock FROM locks WHERE account = ? AND ended_at IS NULL ORDER BY set_at, id"
    return {lock_id: from_text(text, Lock) for lock_id, text in connection.execute(query, (account,))}


def has_running_locks(connection: sqlite3.Connection) -> bool:
    """Say whether any account is locked."""
    return connection.execute("SELECT 1 FROM locks WHERE ended_at IS NULL LIMIT 1").fetchone() is not None


def recent_enforcements(connection: sqlite3.Connection, account: int, count: int) -> tuple[Enforcement, ...]:
    """Return the latest enforcements of an account, newest first."""
    query = (
        "SELECT enforcement FROM enforcements WHERE account = ? ORDER BY detected_at DESC, rowid DESC LIMIT ?"
    )
    rows = connection.execute(query, (account, count))
    return tuple(from_text(text, Enforcement) for (text,) in rows)


def last_seen(connection: sqlite3.Connection) -> Instant | None:
    """Return the highest trusted time in the store: the guard ran then. None in a new store."""
    row = connection.execute(
        "SELECT max(at) FROM (SELECT at FROM journal ORDER BY seq DESC LIMIT 50)"
    ).fetchone()
    told = connection.execute("SELECT value FROM meta WHERE key = 'last_seen'").fetchone()
    found = [int(value) for value in (row[0], told[0] if told else None) if value is not None]
    return Instant(max(found)) if found else None


def damages_told(connection: sqlite3.Connection) -> set[str]:
    """Return which damages of the store are in the audit trail already."""
    return {row[0] for row in connection.execute("SELECT body FROM audit WHERE kind = 'damage'")}


def has_stopped(connection: sqlite3.Connection) -> bool:
    """Say whether the guard before this one was asked to end: the last thing it wrote was that it stops."""
    row = connection.execute("SELECT kind FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return row is not None and row[0] == "stop"
