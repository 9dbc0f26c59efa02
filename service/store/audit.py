"""The audit trail: each row carries the hash of all rows before it, so that none can be changed or dropped unseen."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from engine.units import Instant

GENESIS = "0" * 64
"""Stands for the hash of the row before the first one."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the trail. `account` 0: the guard itself. `body` is one JSON text."""

    seq: int
    at: Instant
    account: int
    kind: str
    body: str
    hash: str


@dataclass(slots=True)
class AuditChain:
    """Makes the next rows. It holds the end of the chain in memory and the store keeps the rows."""

    seq: int = 0
    head: str = GENESIS

    def copy(self) -> "AuditChain":
        return AuditChain(self.seq, self.head)

    @property
    def end(self) -> tuple[int, str]:
        """The number and the hash of the last row."""
        return self.seq, self.head

    def next(self, at: Instant, account: int, kind: str, body: str) -> AuditRow:
        """Return the row after the last one."""
        self.seq += 1
        self.head = row_hash(self.head, (self.seq, at, account, kind, body))
        return AuditRow(self.seq, at, account, kind, body, self.head)


def row_hash(previous: str, columns: tuple[int | str | None, ...]) -> str:
    """Return SHA-256 over the hash before and every column of the row, the hash itself left out."""
    return hashlib.sha256(_AS_TEXT([previous, *columns]).encode()).hexdigest()


_AS_TEXT = json.JSONEncoder(separators=(",", ":")).encode


def rows(connection: sqlite3.Connection, after: int = 0) -> Iterator[AuditRow]:
    """Yield the rows with a number above `after`, in order."""
    query = "SELECT seq, at, account, kind, body, hash FROM audit WHERE seq > ? ORDER BY seq"
    for row in connection.execute(query, (after,)):
        yield AuditRow(*row)


def chain_of(connection: sqlite3.Connection) -> AuditChain:
    """Return the chain as it ends in the store."""
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return AuditChain(*row) if row else AuditChain()
