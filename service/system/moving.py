"""Taking a development home into the protected place of a service; the old one stays as it was."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

TAKEN = (
    "settings.yaml",
    "notify.yaml",
    "holidays.yaml",
    "news.yaml",
    "accounts",
    "rulesets",
    "secrets",
    "data",
    "status",
)
"""What a home is made of; logs and doors are made anew. Locks live in `data`, so that they hold on the other side."""


class CannotMove(Exception):
    """The home cannot be taken over. The text says why; nothing was changed at its source."""


def take_over(source: Path, home: Path, made: Callable[[Path], None]) -> list[str]:
    """Copy a home, whole or not at all; return what was copied. Raises CannotMove.

    `made` makes the folder that is copied into, closed from its first moment: what is made in it inherits that.
    """
    if not (source / "settings.yaml").exists():
        raise CannotMove(f"{source} is no home: it has no settings.yaml")
    if (home / "settings.yaml").exists():
        raise CannotMove(f"{home} holds a home already; it is not overwritten")
    links = [path for name in TAKEN for path in _below(source / name) if leads_away(path)]
    if links:
        raise CannotMove(f"{links[0]} is a link or a junction; a protected home holds none")
    part = home.with_name(f"{home.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        made(part)
        copied = [name for name in TAKEN if _copy(source / name, part / name)]
        if home.exists():
            home.rmdir()  # an empty folder made before; anything in it stops us here
        part.replace(home)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise CannotMove(f"{error.filename or home}: {error.strerror}") from error
    return copied


def leads_away(path: Path) -> bool:
    """Say whether a path is a link, a junction, or anything else that stands for another place."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    attributes = getattr(found, "st_file_attributes", 0)  # on Windows alone
    return stat.S_ISLNK(found.st_mode) or bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)


def _below(path: Path) -> list[Path]:
    return [path, *path.rglob("*")] if path.is_dir() else [path]


def _copy(source: Path, target: Path) -> bool:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    elif source.exists():
        shutil.copy2(source, target)
    else:
        return False
    return True
