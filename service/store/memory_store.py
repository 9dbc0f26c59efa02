"""A store that nothing outlives, for a start at which the file cannot be used: every write says so."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from service.store.kept_rules import KEEP
from service.store.rows import META
from service.store.schema import migrations
from service.store.store import Store, StoreFailed

ASKED_FOR = frozenset({META, KEEP})
"""The rows that are asked for again while the guard runs; without a file no other is of use."""


class StoreLeftAlone(StoreFailed):
    """The file could not be used at the start, and is not tried again before the next one."""


class MemoryStore(Store):
    """Like a store whose disk fails all the time: nothing is unlocked or loosened meanwhile."""

    def __init__(self, path: Path, seconds: Callable[[], float], why: str) -> None:
        """`path` is the file that is left alone, `why` what is wrong with it."""
        super().__init__(path, seconds)
        self._failure = why

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        migrations.apply(Database(connection))
        return connection

    def flush(self, *, to_the_platter: bool = False) -> None:
        """Keep what may be asked for. Raises StoreLeftAlone each time."""
        for statement, values in self._waiting:
            if statement in ASKED_FOR:
                self.connection.execute(statement, values)
        self._waiting.clear()
        self._waiting_since = None
        raise StoreLeftAlone(self._failure)
