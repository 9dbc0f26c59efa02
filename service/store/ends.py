"""Where the audit trail and the journal end, and where what is left of the journal begins."""

import sqlite3
from dataclasses import dataclass

from service.store.audit import GENESIS, chain_of
from service.store.rows import BASE


@dataclass(frozen=True, slots=True)
class Ends:
    """The last row of the audit trail and of the journal: number and hash of each."""

    row: int
    hash: str
    event: int
    event_hash: str


def ends_of(connection: sqlite3.Connection) -> Ends:
    """Return where both end in the store."""
    chain = chain_of(connection)
    last = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    seq, event_hash = last or journal_base(connection)
    # A version before the hashes may have let go of all events; its snapshots still say how far the numbers went.
    kept = connection.execute("SELECT coalesce(max(seq), 0) FROM snapshots").fetchone()[0]
    return Ends(*chain.end, max(seq, kept), event_hash)


def journal_base(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return number and hash of the last event that was let go of; 0 and the hash of nothing if all are there."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (BASE,)).fetchone()
    number, _, event_hash = row[0].partition(" ") if row else ("0", "", GENESIS)
    return int(number), event_hash
