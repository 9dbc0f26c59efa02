"""A copy of the store each day, proven by opening it; the newest few are kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

from service.store.opening import StoreDamaged, check


class BackupFailed(Exception):
    """There is no good copy of today. The store itself is not touched by that."""


def back_up(store: Path, folder: Path, day: str, keep: int) -> Path:
    """Copy the store to `folder/state-DAY.sqlite`, check the copy, and drop all but the newest `keep`.

    Uses a connection of its own, so that the engine thread goes on writing. Raises BackupFailed.
    """
    target = backup_of(folder, day)
    unfinished = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(store, timeout=10.0)) as source:
            source.execute("VACUUM INTO ?", (str(unfinished),))
        unfinished.chmod(0o600)
        with closing(sqlite3.connect(unfinished)) as copy:
            check(copy)
        unfinished.replace(target)
        for old in kept(folder)[keep:]:
            old.unlink()
    except (sqlite3.Error, StoreDamaged, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise BackupFailed(f"the backup of {day} failed: {error}") from error
    return target


def backup_of(folder: Path, day: str) -> Path:
    """Return where the backup of a day is, made or not."""
    return folder / f"state-{day}.sqlite"


def kept(folder: Path) -> list[Path]:
    """Return the backups, newest first."""
    return sorted(folder.glob("state-*.sqlite"), reverse=True)
