"""The store as it is found at start. A damaged one is set aside and everything counts as locked."""

import os
from dataclasses import dataclass
from pathlib import Path

from engine.units import Instant
from service.store import reading
from service.store.opening import StoreDamaged
from service.store.store import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """`damage` says what was wrong with the store before this one, as long as nobody has locked everything for it."""

    store: Store
    last_seen: Instant | None
    is_locked: bool
    damage: str = ""


def open_or_replace(path: Path) -> Opened:
    """Open the store. If it is damaged, keep it under another name and begin a new one. Raises StoreTooNew.

    The mark of the damage is on the disk before the damaged file moves, so that a kill in between frees nobody.
    """
    try:
        store = Store(path)
    except StoreDamaged as error:
        aside = _free_name(path)
        _write_mark(path, f"{error}. The damaged store was kept as {aside.name}")
        for end in ("", "-wal", "-shm"):
            part = path.with_name(path.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        store = Store(path)
    mark = mark_of(path)
    damage = mark.read_text(encoding="utf-8") if mark.exists() else ""
    is_locked = bool(damage) or reading.has_running_locks(store.connection)
    return Opened(store, reading.last_seen(store.connection), is_locked, damage)


def mark_of(path: Path) -> Path:
    """Return the file that stands as long as a damaged store was not answered with locks."""
    return path.with_name("damaged")


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


def _write_mark(path: Path, text: str) -> None:
    with mark_of(path).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
