"""The whole proof: the file, the trail, every other table, and the ends that were written down elsewhere."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from service.store.ends import Ends, ends_of, journal_base
from service.store.proof import tables
from service.store.proof.damage import Damage
from service.store.proof.trail import Told, read_trail

TABLES: tuple[Callable[[sqlite3.Connection, Told], Iterator[Damage]], ...] = (
    tables.locks,
    tables.enforcements,
    tables.decisions,
    tables.snapshots,
    tables.rulesets,
    tables.meta,
    tables.journal,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found. `rows` is the length of the trail, `anchors` how many ends from elsewhere it was held against."""

    rows: int
    anchors: int
    damages: tuple[Damage, ...]


def prove(connection: sqlite3.Connection, anchors: Collection[Ends] = ()) -> Proof:
    """Read everything once and return what does not fit. `anchors` are ends that were written down elsewhere."""
    told = Told()
    try:
        damages = [*_file(connection), *_all(connection, anchors, told)]
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        # Not even a row can be told from another: the tables themselves are broken.
        damages = [Damage("file", "", f"the store cannot be read: {error}")]
    return Proof(told.count, len(anchors), tuple(damages))


RECENT = 5_000
"""So many rows are looked at before a start: it must not take long. The rest follows while the guard works."""


def prove_recent(connection: sqlite3.Connection, anchor: Ends | None) -> Proof:
    """Look at the newest rows only: enough to see that the end was cut off or an older store put in its place."""
    told, anchors = Told(), [anchor] if anchor else []
    try:
        ends = ends_of(connection)
        wanted = {one.row for one in anchors}
        damages = [*read_trail(connection, wanted, told, max(min(ends.row, *wanted, ends.row) - RECENT, 0))]
        damages += tables.snapshots(connection, told)
        damages += tables.meta(connection, told)
        damages += tables.journal(connection, told, max(ends.event - RECENT, 0))
        damages += _ends(connection, anchors, told)
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        damages = [Damage("file", "", f"the store cannot be read: {error}")]
    return Proof(told.count, len(anchors), tuple(damages))


def first_break(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with the first row that does not fit, None for a whole store."""
    return next((damage.text for damage in prove(connection).damages), None)


def _file(connection: sqlite3.Connection) -> Iterator[Damage]:
    for (finding,) in connection.execute("PRAGMA integrity_check(5)"):
        if finding != "ok":
            yield Damage("file", "", f"the file fails its integrity check: {finding}")


def _all(connection: sqlite3.Connection, anchors: Collection[Ends], told: Told) -> Iterator[Damage]:
    yield from read_trail(connection, {anchor.row for anchor in anchors}, told)
    for compare in TABLES:
        yield from compare(connection, told)
    yield from _ends(connection, anchors, told)


def _ends(connection: sqlite3.Connection, anchors: Collection[Ends], told: Told) -> Iterator[Damage]:
    """Hold the store against the ends from elsewhere; only the first that does not fit is told."""
    begin, _ = journal_base(connection)
    for anchor in sorted(anchors, key=lambda one: (one.row, one.event)):
        if anchor.row > told.count:
            text = (
                f"the audit trail ends with row {told.count}, but it had {anchor.row} rows already: its end was "
                "cut off, or an older database was put in its place"
            )
            yield Damage("audit", str(told.count + 1), text)
            return
        if anchor.row and told.hashes.get(anchor.row) != anchor.hash:
            text = f"row {anchor.row} of the audit trail is not the one that was written down: another database was put in its place"
            yield Damage("audit", str(anchor.row), text)
            return
        if anchor.event > begin and _event_hash(connection, anchor.event) != anchor.event_hash:
            text = f"event {anchor.event} of the journal is missing or another one: its end was cut off"
            yield Damage("journal", str(anchor.event), text)
            return


def _event_hash(connection: sqlite3.Connection, seq: int) -> str:
    row = connection.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else ""
