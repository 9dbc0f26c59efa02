"""The file of the status: replaced as a whole, and on a full disk written into room that was kept for that."""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

REPLACE_SECONDS = 2.0
"""On Windows a reader that holds the file open makes the replacing fail; after so long this snapshot is skipped."""

ROOM = 256 * 1024
"""Bytes of each of the two spare files; a longer status cannot be written on a full disk."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StatusFile:
    """Written by one thread. People must be told that the disk is full, and the status is how they are told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._spares = tuple(path.with_name(f".{path.name}.spare-{number}") for number in (1, 2))

    def write(self, text: str) -> None:
        """Put a status in place of the last one. Raises OSError when that stays impossible."""
        try:
            replace_file(self._path, text)
            self._keep_room()
        except OSError as error:
            if error.errno not in FULL:
                raise
            self._write_into_room(text)

    def _keep_room(self) -> None:
        """Make the spare files as long as there is room for them."""
        for spare in self._spares:
            if not spare.exists():
                replace_file(spare, " " * ROOM)

    def _write_into_room(self, text: str) -> None:
        """Fill one of the spare files and let it and the status change places: not one block more is needed."""
        content = text.encode()
        spare = next((one for one in self._spares if _has_room(one, content)), None)
        if spare is None:
            raise OSError(errno.ENOSPC, "no room for the status, and no spare file")
        with spare.open("r+b") as file:
            file.write(content.ljust(spare.stat().st_size))  # blanks at its end change no JSON
        old = spare.with_suffix(".old")
        old.unlink(missing_ok=True)
        os.link(self._path, old)
        spare.replace(self._path)
        old.replace(spare)


def _has_room(spare: Path, content: bytes) -> bool:
    return spare.exists() and spare.stat().st_size >= len(content)


def replace_file(path: Path, text: str, wait: Callable[[float], None] = sleep) -> None:
    """Write a file beside the old one and put it in its place. Raises OSError when that stays impossible."""
    fresh = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o644)
    deadline = monotonic() + REPLACE_SECONDS
    while True:
        try:
            fresh.replace(path)
        except PermissionError:
            if monotonic() >= deadline:
                fresh.unlink(missing_ok=True)
                raise
            wait(0.05)
        else:
            return
