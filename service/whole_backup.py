"""A backup of a whole home in one zip, and the way back. API keys are left out: a copy must not be able to trade."""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from service.home import Home
from service.store.opening import StoreDamaged, check

STORE = "data/state.sqlite"
MARK = "backup.json"
SCHEMA = "risk.backup/1"
LARGEST = 4_000_000_000

FILES = ("settings.yaml", "holidays.yaml", "news.yaml", "data/password", "data/grant", "data/recovery")
FOLDERS = ("accounts", "rulesets")


class WholeBackupFailed(Exception):
    """There is no backup, or it cannot be used. The text says why; nothing was changed."""


def back_up_home(home: Home, path: Path) -> int:
    """Write a backup, readable by its owner alone; return how many files it holds. Raises WholeBackupFailed."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with (
            tempfile.TemporaryDirectory(dir=path.parent) as folder,
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            copy = Path(folder) / "state.sqlite"
            with closing(sqlite3.connect(home.store, timeout=10.0)) as source:
                source.execute("VACUUM INTO ?", (str(copy),))
            with closing(sqlite3.connect(copy)) as checked:
                check(checked)
            archive.write(copy, STORE)
            names = sorted(_config(home))
            for name in names:
                archive.write(home.root / name, name)
            archive.writestr(MARK, json.dumps({"schema": SCHEMA, "files": names}))
        unfinished.replace(path)
    except (OSError, sqlite3.Error, StoreDamaged) as error:
        unfinished.unlink(missing_ok=True)
        raise WholeBackupFailed(f"the backup failed: {error}") from error
    return len(names) + 1


def restore_home(home: Home, path: Path, aside: Path) -> list[str]:
    """Put a backup's files in place of the present ones, which go to `aside`; return the names of those put there.

    Where the home has a store, the store and all of `data/` stay: a restore must not be a way out of a lock, back to an
    older password, or past the waiting time of looser rules, which the guard judges against the store at its start.
    The caller holds the lock of the home. Raises WholeBackupFailed before anything is moved.
    """
    with tempfile.TemporaryDirectory(dir=home.root) as folder:
        fresh = Path(folder)
        names = _unpacked(path, fresh)
        if home.store.exists():
            names = [name for name in names if not name.startswith("data/")]
        for name in names:
            old = home.root / name
            if old.exists():
                (aside / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                old.replace(aside / name)
        for name in names:
            (home.root / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(home.root / name)
    return names


def _config(home: Home) -> Iterator[str]:
    for name in FILES:
        if (home.root / name).is_file():
            yield name
    for folder in FOLDERS:
        for path in (home.root / folder).rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(home.root).as_posix()


def _unpacked(path: Path, folder: Path) -> list[str]:
    """Unpack what a backup may hold, and nothing else. Raises WholeBackupFailed."""
    try:
        with zipfile.ZipFile(path) as archive:
            if json.loads(archive.read(MARK)).get("schema") != SCHEMA:
                raise WholeBackupFailed(f"{path} is of another version of risk")
            infos = [info for info in archive.infolist() if info.filename != MARK]
            if sum(info.file_size for info in infos) > LARGEST:
                raise WholeBackupFailed(f"{path} is too large to be a backup of a home")
            for info in infos:
                if not _belongs(info.filename):
                    raise WholeBackupFailed(
                        f"{path} holds `{info.filename[:80]}`, which no backup of ours holds"
                    )
                target = folder / info.filename
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                target.write_bytes(archive.read(info))
                target.chmod(0o600 if info.filename.startswith("data/") else 0o644)
        with closing(sqlite3.connect(folder / STORE)) as store:
            check(store)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, sqlite3.Error, StoreDamaged) as error:
        raise WholeBackupFailed(f"{path} is no backup that can be used: {error}") from error
    return sorted(info.filename for info in infos)


def _belongs(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_plain = ".." not in parts and not name.startswith("/") and "\\" not in name and ":" not in name
    return is_plain and (name == STORE or name in FILES or (len(parts) > 1 and parts[0] in FOLDERS))
