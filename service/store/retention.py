"""How long the journal is kept: at least back to the snapshot before the last one of every account."""

import sqlite3

from engine.units import Duration, Instant

CHUNK = 5_000
"""Rows removed in one go, so that a step never waits long for it."""

SNAPSHOTS = 2


def forget_old(connection: sqlite3.Connection, now: Instant, keep: Duration) -> int:
    """Remove journal rows older than `keep` that no kept snapshot needs; return how many. Locks and audit stay."""
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "DELETE FROM snapshots WHERE (SELECT count(*) FROM snapshots newer "
        "WHERE newer.account = snapshots.account AND newer.seq > snapshots.seq) >= ?",
        (SNAPSHOTS,),
    )
    needed = connection.execute("SELECT min(seq) FROM snapshots").fetchone()[0]
    if needed is None:
        return 0
    gone = connection.execute(
        "DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE seq <= ? AND at < ? ORDER BY seq LIMIT ?)",
        (needed, now - keep, CHUNK),
    )
    return gone.rowcount
