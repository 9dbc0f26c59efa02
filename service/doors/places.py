"""Where the doors of a home are, and whether that place can be trusted. Used by the daemon and by its clients."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 100
"""Bytes in the path of a Unix socket; systems take 104 to 108 at most."""


def socket_of(folder: Path, door: str) -> Path:
    """Return the socket of a door."""
    return folder / f"{door}.sock"


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """Yield a name of a socket that is short enough to bind or connect to.

    Where the path is too long, a link to its folder in a private temporary folder stands in for the moment.
    """
    if len(os.fsencode(path)) <= LONGEST:
        yield str(path)
        return
    with tempfile.TemporaryDirectory(prefix="risk-") as short:
        link = Path(short) / "d"
        link.symlink_to(path.parent.absolute(), target_is_directory=True)
        yield str(link / path.name)


def untrusted(folder: Path, owners: frozenset[int]) -> str | None:
    """Return why others could have put sockets of their own into this folder; None when they could not.

    `owners` are the users whose folder it may be.
    """
    try:
        found = folder.lstat()
    except OSError as error:
        return f"{folder} cannot be looked at: {error.strerror}"
    if not stat.S_ISDIR(found.st_mode):
        return f"{folder} is no folder of its own (a link, or a file)"
    if found.st_uid not in owners:
        return f"{folder} belongs to user {found.st_uid}"
    if found.st_mode & 0o022:
        return f"others may write in {folder} (mode {stat.S_IMODE(found.st_mode):04o})"
    return None
