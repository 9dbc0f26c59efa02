"""Closing a home for a service on Linux and macOS, and looking whether it is closed: the effect counts, not a mode."""

import sys

assert sys.platform != "win32"

import os  # noqa: E402
import stat  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

from connectors.topstepx.examination.step import Step, Trouble, failed, passed  # noqa: E402

CLOSED = (
    "settings.yaml",
    "notify.yaml",
    "holidays.yaml",
    "news.yaml",
    "accounts",
    "rulesets",
    "secrets",
    "data",
    "logs",
)
OPEN = ("status", "doors")
"""What everybody on the machine may read and pass through: what is published, and the doors."""


def close_home(home: Path, user: int, group: int) -> None:
    """Give a home to the service's user: nobody else reads configuration, state or secrets. Raises OSError."""
    for name in OPEN:
        (home / name).mkdir(exist_ok=True)
    for path in (home, *sorted(home.rglob("*"))):
        if path.is_symlink():
            raise OSError(f"{path} is a link; a protected home holds none")
        os.chown(path, user, group)
        is_open = path != home and path.relative_to(home).parts[0] in OPEN
        if path.is_socket():
            continue
        mode = (0o755 if path.is_dir() else 0o644) if is_open else (0o700 if path.is_dir() else 0o600)
        path.chmod(0o711 if path == home else mode)


def home_steps(home: Path, user: int) -> Iterator[Step]:
    """Yield what is right and wrong with a home that belongs to a service's user."""
    wrong = [
        f"{path} belongs to user {found.st_uid} with mode {stat.S_IMODE(found.st_mode):04o}"
        for name in CLOSED
        for path in (home / name,)
        if path.exists() and _is_open_to_others(found := path.stat(), user)
    ]
    if wrong:
        fix = "run `risk admin service install` again: it closes what stands open"
        yield failed("protected folders", "; ".join(wrong), fix, Trouble.CONFIGURATION)
    else:
        yield passed("protected folders", f"{home} is closed to everybody but user {user}")


def program_steps(program: Path, package: Path) -> Iterator[Step]:
    """Yield whether anybody but root can replace the interpreter, our code, or a folder on the way to them."""
    wrong = sorted({text for start in (program, package) for text in replaceable(start)})
    if wrong:
        fix = "install the program where only root writes, such as /opt/risk-manager"
        yield failed("program files", "; ".join(wrong[:3]), fix, Trouble.CONFIGURATION)
    else:
        yield passed("program files", "nobody but root can replace the program")


def replaceable(start: Path) -> Iterator[str]:
    """Yield why a file could be replaced by somebody else than root: one of its folders or itself is writable."""
    for path in (start, *start.parents, *start.resolve().parents):
        try:
            found = path.stat()
        except OSError as error:
            yield f"{path} cannot be looked at ({error.strerror})"
            continue
        mode = stat.S_IMODE(found.st_mode)
        is_sticky = path.is_dir() and bool(found.st_mode & stat.S_ISVTX)
        if found.st_uid != 0:
            yield f"{path} belongs to user {found.st_uid}"
        elif mode & 0o022 and not is_sticky:
            yield f"{path} can be written by others (mode {mode:04o})"


def _is_open_to_others(found: os.stat_result, user: int) -> bool:
    return found.st_uid not in (user, 0) or bool(stat.S_IMODE(found.st_mode) & 0o077)
