"""The store as it is found at start. One that cannot be read is set aside; wherever it is damaged all is locked."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from engine.units import Instant
from service.store import reading
from service.store.ends import Ends
from service.store.opening import StoreDamaged
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
    path: Path, anchor: Ends | None = None, seconds: Callable[[], float] = monotonic
) -> Opened:
    """Open the store. If it is damaged, keep it under another name and begin a new one. Raises StoreTooNew.

    `anchor` is where the audit trail ended when that was last written down elsewhere: an older store that was put in
    this one's place, or one whose end was cut off, may have lost locks and counts as damaged too.

    The mark of the damage is on the disk before the damaged file moves, so that a kill in between frees nobody.
    """
    try:
        store = Store(path, seconds)
    except StoreDamaged as error:
        aside = _free_name(path)
        _write_mark(path, f"{error}. The damaged store was kept as {aside.name}")
        for end in ("", "-wal", "-shm"):
            part = path.with_name(path.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        store = Store(path, seconds)
        anchor = None  # of the one that was set aside
    findings = _news(store, anchor)
    if findings:
        _write_mark(path, "; ".join(findings[:MOST_TOLD]))
    mark = mark_of(path)
    damage = mark.read_text(encoding="utf-8") if mark.exists() else ""
    is_locked = bool(damage) or reading.has_running_locks(store.connection)
    was_stopped = reading.has_stopped(store.connection)
    return Opened(store, reading.last_seen(store.connection), is_locked, was_stopped, damage, findings)


MOST_TOLD = 3
"""So many damaged rows are named in the alarm; `risk admin audit verify` names them all."""


def _news(store: Store, anchor: Ends | None) -> tuple[str, ...]:
    """Return what is wrong with the newest rows of a store and was not told at an earlier start."""
    told = reading.damages_told(store.connection)
    proof = prove_recent(store.connection, anchor)
    return tuple(damage.text for damage in proof.damages if damage.text not in told)


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
