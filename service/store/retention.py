"""How long the journal is kept: at least back to the snapshot before the last one of every account."""

import sqlite3
from collections.abc import Collection

from engine.units import Duration, Instant

CHUNK = 5_000
"""Rows removed in one go, so that a step never waits long for it."""

SNAPSHOTS = 2


def forget_old(
    connection: sqlite3.Connection, now: Instant, keep: Duration, accounts: Collection[int]
) -> int:
    """Remove journal rows older than `keep` that no snapshot of these accounts needs; return how many.

    An account that is guarded no longer keeps nothing back. Locks and audit always stay.
    """
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "DELETE FROM snapshots WHERE (SELECT count(*) FROM snapshots newer "
        "WHERE newer.account = snapshots.account AND newer.seq > snapshots.seq) >= ?",
        (SNAPSHOTS,),
    )
    oldest = [
        connection.execute("SELECT min(seq) FROM snapshots WHERE account = ?", (account,)).fetchone()[0]
        for account in accounts
    ]
    if not oldest or None in oldest:
        return 0  # an account without a snapshot may need all of it
    needed = min(oldest)
    gone = connection.execute(
        "DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE seq <= ? AND at < ? ORDER BY seq LIMIT ?)",
        (needed, now - keep, CHUNK),
    )
    return gone.rowcount
