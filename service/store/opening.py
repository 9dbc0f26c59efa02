"""Opening the store: version, integrity, migrations, and what SQLite is told about safety."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from service.fail_points import fail_point
from service.store.schema import SCHEMA, migrations


class StoreDamaged(Exception):
    """The file cannot be trusted. Nothing may be unlocked on its word."""


class StoreUnusable(Exception):
    """The file cannot be opened for writing, which says nothing about what is in it."""


class StoreTooNew(Exception):
    """The file was written by a newer version of this program."""


def open_database(path: Path) -> sqlite3.Connection:
    """Return the connection to a store that was checked and brought to this version.

    Raises StoreDamaged when the file cannot be read or fails its check, StoreTooNew when it is from a newer version,
    StoreUnusable when it cannot be opened at all. Before a migration the old file is copied beside it.
    """
    try:
        return _opened(path)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") in UNREADABLE:
            raise StoreDamaged(f"{path} cannot be read ({error}): the disk may be failing") from error
        raise StoreUnusable(f"{path} cannot be opened ({error}): {SEE}") from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{path} cannot be read as a store: {error}") from error
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be opened ({error.strerror or error}): {SEE}") from error


UNREADABLE = frozenset({"SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS"})
"""What SQLite says when the disk does not give back what is on it."""

SEE = "see that the disk has room, that you may write there, and that no other program holds the file"


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    is_old = path.exists() and path.stat().st_size > 0
    # One thread opens it, the engine thread uses it, the first one closes it: never two at a time.
    connection = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path, is_old=is_old)
        path.chmod(0o600)
    except (sqlite3.Error, StoreDamaged, StoreTooNew, OSError):
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Raise StoreDamaged if SQLite finds the file inconsistent."""
    findings = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    if findings != ["ok"]:
        raise StoreDamaged(f"the store fails its integrity check: {findings[0]}")


def _prepare(connection: sqlite3.Connection, path: Path, *, is_old: bool) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise StoreTooNew(
            f"{path} was written by a newer version of risk (its tables have version {version}, this program "
            f"knows {SCHEMA}). Install the newer version again, or restore a backup of before the update"
        )
    if is_old:
        check(connection)
    # WAL: one append and at most one sync a step, and the backup reads while the engine writes.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=1000")
    # The log that a long backup let grow is cut again afterwards.
    connection.execute("PRAGMA journal_size_limit=16777216")
    # While guarding, whoever else has the file locked must not hold up a step: what it leads to waits in memory.
    connection.execute("PRAGMA busy_timeout=100")
    if version == SCHEMA:
        return
    if is_old and version:
        _keep_old(connection, path.with_name(f"{path.name}.version-{version}"))
    database = Database(connection)
    migrations.apply(database)
    fail_point("migration.before_version")
    connection.execute(f"PRAGMA user_version={SCHEMA:d}")


def _keep_old(connection: sqlite3.Connection, aside: Path) -> None:
    """Copy the store as it is before a migration. A copy from a try that was cut short stays: it is the older one."""
    if aside.exists():
        return
    unfinished = aside.with_name(f"{aside.name}.part")
    unfinished.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(unfinished),))  # with what is still in the write-ahead log
    unfinished.chmod(0o600)
    unfinished.replace(aside)
