"""Following the acts log from a moment on, across its rotation and our restarts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class ActTail:
    """Reads lines as they are written. `after`: acts before this moment (ISO 8601) were taken already."""

    def __init__(self, path: Path, after: str) -> None:
        self._path = path
        self._after = after
        self._inode = -1
        self._offset = 0

    def fresh(self) -> Iterator[dict[str, Any]]:
        """Yield the acts since the last call, oldest first; a line still being written waits. Raises OSError."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return
        if found.st_ino != self._inode or found.st_size < self._offset:
            yield from self._rest_of_old()
            self._inode, self._offset = found.st_ino, 0
        yield from self._read(self._path)

    def _rest_of_old(self) -> Iterator[dict[str, Any]]:
        """Yield what was written to the rotated file before it was moved away."""
        old = self._path.with_name(f"{self._path.name}.1")
        try:
            if self._inode == -1 or old.stat().st_ino == self._inode:
                yield from self._read(old)
        except FileNotFoundError:
            return

    def _read(self, path: Path) -> Iterator[dict[str, Any]]:
        with path.open("rb") as file:
            file.seek(self._offset)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                self._offset += len(line)
                act = _parsed(line)
                if act is not None and str(act.get("at", "")) >= self._after:
                    yield act


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        act = json.loads(line)
    except ValueError:
        return None
    return act if isinstance(act, dict) else None
