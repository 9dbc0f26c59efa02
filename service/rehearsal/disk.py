"""A disk that fails under the store, and the points at which the process can die while it writes."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from engine.units import SECOND
from service.rehearsal.stage import Stage

FAILURES = {
    "disk_full": ("INSERT", "database or disk is full"),
    "disk_eio": ("", "disk I/O error"),
    "disk_readonly": ("INSERT", "attempt to write a readonly database"),
    "disk_locked": ("BEGIN", "database is locked"),
}
"""The families: at which statements they strike (all that write, if empty), and what SQLite says then."""

LENGTHS = (0, 1, 5, 20)
"""Seconds for which a failure lasts."""

WRITES = ("PRAGMA", "BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT")

MOST_STATEMENTS = 14
"""A death comes before one of so many statements of a transaction, or after its last."""


def folder_in_memory() -> Path:
    """Make a new folder, in a file system in memory where there is one: thousands of worlds wear no disk out."""
    memory = Path("/dev/shm")  # noqa: S108
    return Path(tempfile.mkdtemp(prefix="risk-rehearsal-", dir=memory if memory.is_dir() else None))


class Died(BaseException):
    """The process ends here, as after kill -9. No `except Exception` may hold it up."""


class Disk:
    """One disk for all lives of a guard. `failing` names the family that strikes now, if any.

    `took_all`: the process's last act was a commit, so whatever had been waiting for the disk is on it.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._random = stage.chance("disk")
        self._until = 0
        self._family = ""
        self._left: int | None = None
        self.took_all = False

    @property
    def failing(self) -> str:
        return self._family if self._stage.now <= self._until and not self._stage.is_calm else ""

    def second(self) -> None:
        """Let it fail for a while, perhaps; called once a second."""
        for family in FAILURES:
            if self._random.random() < self._stage.plan.fault(family) / 3 and not self._stage.is_calm:
                self._stage.hit(family)
                self._family = family
                self._until = self._stage.now + self._random.choice(LENGTHS) * SECOND
                self._stage.note(f"the disk fails: {family} until {self._until}")

    def before(self, statement: str) -> None:
        """Raise what the disk or the process's end makes of a statement."""
        self.took_all = False
        if self.failing:
            at, text = FAILURES[self.failing]
            if statement.startswith(at or WRITES):
                raise sqlite3.OperationalError(text)
        if statement.startswith("BEGIN"):
            self._left = self._draw_end()
        self._count()

    def after(self, statement: str) -> None:
        """Let the process end right after its COMMIT, if that is its turn."""
        if statement.startswith("COMMIT") and self._left is not None:
            self.took_all = True
            self._end("right after the commit")

    def _draw_end(self) -> int | None:
        if self._stage.is_calm or self._random.random() >= self._stage.plan.fault("crash_write") / 8:
            return None
        return self._random.randint(0, MOST_STATEMENTS)

    def _count(self) -> None:
        if self._stage.is_calm:
            self._left = None  # drawn before a transaction that never came to its end
        if self._left is not None:
            if self._left == 0:
                self._end("while it writes")
            self._left -= 1

    def _end(self, where: str) -> None:
        self._left = None
        self._stage.hit("crash_write")
        self._stage.note(f"dies {where}")
        raise Died


class Wired:
    """A connection of SQLite whose statements go past the disk first."""

    def __init__(self, real: sqlite3.Connection, disk: Disk) -> None:
        self._real = real
        self._disk = disk

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        self._disk.before(statement)
        cursor = self._real.execute(statement, values)
        self._disk.after(statement)
        return cursor

    @property
    def in_transaction(self) -> bool:
        return self._real.in_transaction

    def close(self) -> None:
        self._real.close()
