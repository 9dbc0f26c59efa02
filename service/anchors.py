"""logs/audit.log: where the audit trail ended at each moment, written beside the store, so that a lost end is seen."""

import json
from collections.abc import Iterator
from pathlib import Path

from engine.units import Instant
from service.client import files_of, lines_in
from service.iso import iso
from service.lines import Lines
from service.store.ends import Ends
from service.store.store import Store


class Anchors:
    """Written by the engine thread, after a step is on the platter and its commands are on their way."""

    def __init__(self, path: Path, store: Store, max_bytes: int, keep: int) -> None:
        self._lines = Lines(path, max_bytes, keep)
        self._store = store
        self._written: Ends | None = None

    def look(self, now: Instant) -> None:
        """Write the end of the trail down, if there is a new one that no power cut can take back."""
        ends = self._store.synced
        if not ends.row or (self._written is not None and ends.row == self._written.row):
            return
        self._written = ends
        self._lines.add(json.dumps({"at": iso(now), **_fields(ends)}))

    def close(self) -> None:
        self._lines.close()


def read_anchors(path: Path) -> list[Ends]:
    """Return all ends that were written down, rotated files included; lines that cannot be read are left out."""
    return [ends for file in files_of(path) for ends in _ends(file)]


def last_anchor(path: Path) -> Ends | None:
    """Return the latest end that was written down; only the newest two files are looked into."""
    for file in (path, path.with_name(f"{path.name}.1")):
        ends = list(_ends(file))
        if ends:
            return ends[-1]
    return None


def _ends(file: Path) -> Iterator[Ends]:
    for line in lines_in(file):
        try:
            row = json.loads(line)
            yield Ends(int(row["row"]), str(row["hash"]), int(row["event"]), str(row["event_hash"]))
        except (ValueError, KeyError, TypeError):
            continue


def _fields(ends: Ends) -> dict[str, int | str]:
    return {"row": ends.row, "hash": ends.hash, "event": ends.event, "event_hash": ends.event_hash}
