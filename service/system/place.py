"""Where a protected home may be on Linux and macOS: in nobody else's hands, and not behind anybody else's link."""

import sys

assert sys.platform != "win32"

import os  # noqa: E402
import stat  # noqa: E402
from collections.abc import Collection  # noqa: E402
from pathlib import Path  # noqa: E402

from service.system.commands import SystemRefused  # noqa: E402


def make_place(home: Path, user: int) -> None:
    """Make the folder of a home, or take one that root or the service's user made. Raises SystemRefused, OSError.

    Looked at before and after: whoever was quicker in between is seen.
    """
    check_place(home, (0, user))
    home.mkdir(parents=True, exist_ok=True)
    check_place(home, (0, user))


def check_place(home: Path, users: Collection[int]) -> None:
    """Refuse a folder that somebody else made before us, or could put another one in place of. Raises SystemRefused."""
    for path in (*reversed(home.absolute().parents), home.absolute()):
        try:
            found = path.lstat()
        except FileNotFoundError:
            return
        wrong = _wrong(found, users, is_home=path == home.absolute())
        if wrong:
            raise SystemRefused(f"{path} {wrong}: look into it, then remove it or choose another place")


def _wrong(found: os.stat_result, users: Collection[int], *, is_home: bool) -> str:
    """Return what is wrong with one folder on the way, empty for nothing."""
    is_link = stat.S_ISLNK(found.st_mode)
    if is_link and (is_home or found.st_uid != 0):
        return f"is a link of user {found.st_uid} and leads somewhere else"
    if found.st_uid not in users:
        return f"belongs to user {found.st_uid}, who was there first"
    is_open = not is_link and bool(found.st_mode & 0o022) and not found.st_mode & stat.S_ISVTX
    return f"can be written by others (mode {stat.S_IMODE(found.st_mode):04o})" if is_open else ""
