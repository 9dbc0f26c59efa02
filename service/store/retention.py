"""How long the journal is kept: at least back to the snapshot before the last one of every account."""

import sqlite3
from collections.abc import Collection

from engine.units import Duration, Instant
from service.fail_points import fail_point
from service.store.rows import BASE, meta_row

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
    query = (
        "SELECT seq, hash, at FROM (SELECT seq, hash, at FROM journal WHERE seq <= ? ORDER BY seq LIMIT ?) "
        "WHERE at < ? ORDER BY seq DESC LIMIT 1"
    )
    last = connection.execute(query, (min(oldest), CHUNK, now - keep)).fetchone()
    if last is None:
        return 0
    connection.execute("BEGIN IMMEDIATE")  # what is left of the journal must go on from what is gone
    try:
        connection.execute(*meta_row(BASE, f"{last[0]} {last[1]}"))
        gone = connection.execute("DELETE FROM journal WHERE seq <= ?", (last[0],)).rowcount
        fail_point("retention.before_commit")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return gone
