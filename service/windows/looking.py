"""Whether users can reach what they must not: the home, and the program with every folder on the way to it."""

import sys

assert sys.platform == "win32"

import ctypes  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown  # noqa: E402
from service.system.moving import leads_away  # noqa: E402
from service.system.windows_access import CHANGE, READ, REPLACE, others  # noqa: E402
from service.windows.folders import rights_of  # noqa: E402

SHOWN = 3


def is_made_up() -> bool:
    """Say whether this system makes access lists up from modes of another one, as Wine does: they say nothing."""
    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def home_step(home: Path, fix: str) -> Step:
    """Return whether anybody else reads or changes what is closed, or changes what is published."""
    if is_made_up():
        return unknown("protected folders", "this system has no access lists of its own")
    found = [text for path in (home, *home.iterdir()) for text in _open(path, home)]
    if found:
        return failed("protected folders", "; ".join(found[:SHOWN]), fix, Trouble.CONFIGURATION)
    return passed("protected folders", f"{home} is closed to users")


def program_step(program: Path, package: Path) -> Step:
    """Return whether anybody else can replace the program, a library beside it, or a folder on the way."""
    if is_made_up():
        return unknown("program files", f"whether users can write to {package}: look at its security page")
    own = {path for start in (program, package) for path in (start, start.parent, *start.parent.glob("*"))}
    found = [*_replaceable(own, CHANGE)]
    found += _replaceable({path for start in (program, package) for path in start.parent.parents}, REPLACE)
    if found:
        fix = r"install the program where only administrators write, such as C:\Program Files"
        return failed("program files", "; ".join(found[:SHOWN]), fix, Trouble.CONFIGURATION)
    return passed("program files", "nobody but administrators can replace the program")


def _open(path: Path, home: Path) -> Iterator[str]:
    if leads_away(path):
        yield f"{path} leads somewhere else"
        return
    is_published = path == home / "status"
    yield from _told(path, CHANGE if is_published else CHANGE | READ)


def _replaceable(paths: set[Path], rights: int) -> Iterator[str]:
    for path in sorted(paths):
        yield from _told(path, rights)


def _told(path: Path, rights: int) -> Iterator[str]:
    try:
        who = others(rights_of(path), rights)
    except OSError as error:
        yield f"{path} cannot be looked at ({error.strerror})"
        return
    if who:
        yield f"{path} is open to {', '.join(who)}"
