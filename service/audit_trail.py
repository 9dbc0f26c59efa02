"""The audit trail as an admin reads it, with the guard running or not: listed, and proven."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from service.anchors import read_anchors
from service.home import Home
from service.store.audit import AuditRow, rows
from service.store.ends import Ends
from service.store.proof import Damage, Proof, prove
from service.store.schema import SCHEMA


class TrailMissing(Exception):
    """There is no store to read, or it is of another version. The text is one sentence with what to do."""


class TrailUnreadable(Exception):
    """The store is there but cannot be read as one."""


def prove_home(home: Path) -> Proof:
    """Prove the store of a home against itself and against the ends in log and status. Raises TrailMissing."""
    folders = Home(home)
    anchors = [*read_anchors(folders.anchors), *_published(folders.status)]
    try:
        with _opened(folders.store) as connection:
            return prove(connection, anchors)
    except TrailUnreadable as error:
        return Proof(0, len(anchors), (Damage("file", "", str(error)),))


def trail_of(home: Path) -> Iterator[AuditRow]:
    """Yield all rows of the trail, oldest first. Raises TrailMissing, TrailUnreadable."""
    with _opened(Home(home).store) as connection:
        try:
            yield from rows(connection)
        except sqlite3.DatabaseError as error:
            raise TrailUnreadable(f"the store cannot be read: {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store for reading, as it is at this moment."""
    if not path.is_file():
        raise TrailMissing(f"there is no store: {path} does not exist; it appears when the guard first runs")
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
    except sqlite3.Error as error:
        raise TrailMissing(
            f"{path} cannot be opened ({error}): run this as the user who runs the guard"
        ) from error
    with closing(connection):
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("BEGIN")
        except sqlite3.OperationalError as error:
            raise TrailMissing(
                f"{path} cannot be opened ({error}): run this as the user who runs the guard"
            ) from error
        except sqlite3.DatabaseError as error:
            raise TrailUnreadable(f"{path} cannot be read as a store: {error}") from error
        if version != SCHEMA:
            raise TrailMissing(
                f"the store has tables of version {version}, this program reads {SCHEMA}: start the guard of this version"
                " once, it brings an older store up to date"
            )
        yield connection


def _published(path: Path) -> list[Ends]:
    """Return where the trail ended by the status; it says nothing of the journal."""
    try:
        audit = json.loads(path.read_text(encoding="utf-8"))["audit"]
        return [Ends(int(audit["row"]), str(audit["hash"]), 0, "")]
    except (OSError, ValueError, KeyError, TypeError):
        return []
