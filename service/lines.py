"""A file of lines that grows at its end: rotated by size, and nothing is lost while the disk is full."""

import os
from collections import deque
from pathlib import Path

MOST_WAITING = 20_000
"""So many lines wait in memory for room on the disk; beyond that the oldest are let go of."""


class Lines:
    """Written by one thread. A line that could not be written waits, in order, for the next one or for `catch_up`."""

    def __init__(self, path: Path, max_bytes: int, keep: int) -> None:
        """`keep` old files stay, named `PATH.1` (the newest) and so on."""
        self._path = path
        self._max_bytes = max_bytes
        self._keep = keep
        self._file: int | None = None
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)

    @property
    def waiting(self) -> int:
        """How many lines are not on the disk."""
        return len(self._waiting)

    def add(self, line: str) -> None:
        """Write a line, or keep it when that is impossible now."""
        self._waiting.append(line.encode() + b"\n")
        self.catch_up()

    def catch_up(self) -> bool:
        """Write what waits; say whether all of it is on the disk."""
        try:
            while self._waiting:
                self._write(self._waiting[0])
                self._waiting.popleft()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Write what can be written and close."""
        self.catch_up()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, line: bytes) -> None:
        file = self._opened(len(line))
        written = os.write(file, line)
        if written < len(line):
            # A half line would hide the next one: it goes, and comes again as a whole when there is room.
            os.ftruncate(file, os.fstat(file).st_size - written)
            raise OSError(f"only {written} of {len(line)} bytes had room")

    def _opened(self, length: int) -> int:
        if self._file is not None and os.fstat(self._file).st_size + length > self._max_bytes:
            os.close(self._file)
            self._file = None
        if self._file is None:
            if self._path.exists() and self._path.stat().st_size + length > self._max_bytes:
                self._rotate()
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._file = os.open(self._path, flags, 0o644)
            _end_half_line(self._path, self._file)
        return self._file

    def _rotate(self) -> None:
        for number in range(self._keep - 1, 0, -1):
            old = self._path.with_name(f"{self._path.name}.{number}")
            if old.exists():
                old.replace(self._path.with_name(f"{self._path.name}.{number + 1}"))
        if self._keep > 0:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        else:
            self._path.unlink()


def _end_half_line(path: Path, file: int) -> None:
    """End the line that a killed process left half written, so that the next one begins on its own."""
    size = os.fstat(file).st_size
    if not size:
        return
    with path.open("rb") as reader:
        reader.seek(size - 1)
        if reader.read(1) != b"\n":
            os.write(file, b"\n")
