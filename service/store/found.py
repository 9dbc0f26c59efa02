"""The store as it is found at start. One that cannot be read is set aside; wherever it is damaged all is locked."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from engine.units import Instant
from service.store import reading
from service.store.ends import Ends
from service.store.memory_store import MemoryStore
from service.store.opening import StoreDamaged, StoreUnusable
from service.store.proof import prove_recent
from service.store.store import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """`damage` says what is wrong with the store or the one before it, as long as nobody has locked everything for it.

    `findings` are the rows that do not fit, for the audit trail: what is told there once is not news at the next start.
    `was_stopped`: somebody ended the last guard; else it was killed.
    """

    store: Store
    last_seen: Instant | None
    is_locked: bool
    was_stopped: bool = False
    damage: str = ""
    findings: tuple[str, ...] = ()


def open_or_replace(
    path: Path, anchor: Ends | None = None, seconds: Callable[[], float] = monotonic, *, unusable: str = ""
) -> Opened:
    """Open the store. If it is damaged, keep it under another name and begin a new one. Raises StoreTooNew.

    `anchor` is where the audit trail ended when that was last written down elsewhere: an older store that was put in
    this one's place, or one whose end was cut off, may have lost locks and counts as damaged too.

    A file that is there but cannot be used, or of which `unusable` says that it cannot be read, is left as it is, and
    the guard works from memory: a guard that refuses to start is a bypass. Raises StoreUnusable where there is none.
    """
    store, trouble = _store(path, seconds, unusable)
    findings = () if trouble else _news(store, anchor)
    if findings:
        _write_mark(path, "; ".join(findings[:MOST_TOLD]))
    damage = _mark(path) or trouble
    is_locked = bool(damage) or reading.has_running_locks(store.connection)
    was_stopped = reading.has_stopped(store.connection)
    return Opened(store, reading.last_seen(store.connection), is_locked, was_stopped, damage, findings)


def _store(path: Path, seconds: Callable[[], float], unusable: str) -> tuple[Store, str]:
    """Return a store to work with, and what was wrong with the one that was there before."""
    if not unusable:
        try:
            return _opened_twice(path, seconds), ""
        except StoreDamaged as error:
            unusable = str(error)
            if (fresh := _replaced(path, seconds, unusable)) is not None:
                return fresh, unusable
        except StoreUnusable as error:
            if not path.exists():
                raise
            unusable = str(error)
    unusable += ". Nothing is written to it; look at the disk and restart the guard, or restore a backup"
    with suppress(OSError):  # where nothing can be written the locks last as long as this process
        _write_mark(path, unusable)
    return MemoryStore(path, seconds, unusable), unusable


def _opened_twice(path: Path, seconds: Callable[[], float]) -> Store:
    """Open the store; a disk that stumbled once is asked once more, since what follows locks every account."""
    try:
        return Store(path, seconds)
    except (StoreDamaged, StoreUnusable):
        return Store(path, seconds)


def _replaced(path: Path, seconds: Callable[[], float], damage: str) -> Store | None:
    """Return a new store in place of a damaged one, which is kept; None where the disk does not even take that.

    The mark of the damage is on the disk before the damaged file moves, so that a kill in between frees nobody.
    """
    try:
        aside = _free_name(path)
        _write_mark(path, f"{damage}. The damaged store was kept as {aside.name}")
        for end in ("", "-wal", "-shm"):
            part = path.with_name(path.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        return Store(path, seconds)
    except (OSError, StoreDamaged, StoreUnusable):
        return None  # the caller says what was wrong with the first one, and goes on from memory


MOST_TOLD = 3
"""So many damaged rows are named in the alarm; `risk admin audit verify` names them all."""


def _news(store: Store, anchor: Ends | None) -> tuple[str, ...]:
    """Return what is wrong with the newest rows of a store and was not told at an earlier start.

    Looked at twice before it counts: a disk that stumbled once gives the same rows whole at the second time.
    """
    told = reading.damages_told(store.connection)
    found = [one.text for one in prove_recent(store.connection, anchor).damages if one.text not in told]
    if not found:
        return ()
    again = {one.text for one in prove_recent(store.connection, anchor).damages}
    return tuple(text for text in found if text in again)


def _mark(path: Path) -> str:
    """Return what the mark of a damage says, nothing where there is none."""
    mark = mark_of(path)
    try:
        return mark.read_text(encoding="utf-8") if mark.exists() else ""
    except OSError as error:
        return f"{mark} stands, which means that a store was damaged, and cannot be read ({error})"


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
