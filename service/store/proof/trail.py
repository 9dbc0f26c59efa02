"""The audit trail read once from its beginning: whether it is whole, and what the other tables should say."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from service.store.audit import GENESIS, AuditRow, row_hash, rows
from service.store.proof.damage import Damage

Key = tuple[int, str]
"""An account and the id of a lock or an enforcement."""


@dataclass(slots=True)
class Told:
    """What the trail says the other tables hold. `hashes`: the hash of each row that somebody asks for."""

    locks: dict[Key, tuple[int, int | None, str]] = field(default_factory=dict)
    enforcements: dict[Key, tuple[int, str, str]] = field(default_factory=dict)
    decisions: list[tuple[int, str]] = field(default_factory=list)
    snapshots: dict[int, dict[int, tuple[int, str]]] = field(default_factory=dict)
    rulesets: dict[str, tuple[int, str]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    has_started: bool = False
    hashes: dict[int, str] = field(default_factory=dict)
    count: int = 0
    highest: int = 0


def read_trail(
    connection: sqlite3.Connection, wanted: set[int], told: Told, after: int = 0
) -> Iterator[Damage]:
    """Fill `told` from the trail, and yield what does not fit in it. After a damaged row it goes on from there.

    `wanted` are the rows whose hashes somebody will ask for; rows up to `after` are taken as they are.
    """
    begin = connection.execute("SELECT seq, hash FROM audit WHERE seq = ?", (after,)).fetchone()
    expected, previous = (begin[0] + 1, begin[1]) if begin else (1, GENESIS)
    for row in rows(connection, after):
        if row.seq != expected:
            yield Damage("audit", str(expected), _missing(expected, row.seq))
        elif row_hash(previous, (row.seq, row.at, row.account, row.kind, row.body)) != row.hash:
            yield Damage("audit", str(row.seq), f"row {row.seq} of the audit trail ({row.kind}) was changed")
        previous, expected = row.hash, row.seq + 1
        if row.seq in wanted:
            told.hashes[row.seq] = row.hash
        told.count, told.highest = row.seq, max(told.highest, row.at)
        try:
            if (learn := LEARN.get(row.kind)) is not None:
                learn(row, told)
        except (ValueError, KeyError, TypeError):
            yield Damage(
                "audit", str(row.seq), f"row {row.seq} of the audit trail ({row.kind}) cannot be read"
            )


def _missing(first: int, found: int) -> str:
    if found < first:
        return f"row {first} of the audit trail has another number"
    last = "" if found == first + 1 else f" to {found - 1}"
    return f"row {first}{last} of the audit trail is missing"


def _lock(row: AuditRow, told: Told) -> None:
    lock_id, set_at = _fields(row, "id", "set_at")
    known = told.locks.get((row.account, lock_id))
    told.locks[row.account, lock_id] = (known[0] if known else set_at, None, row.body)


def _lock_ended(row: AuditRow, told: Told) -> None:
    ended = told.locks.get((row.account, row.body))
    if ended is not None:
        told.locks[row.account, row.body] = (ended[0], row.at, ended[2])


def _enforcement(row: AuditRow, told: Told) -> None:
    record, detected_at = _fields(row, "id", "detected_at")
    begun = told.enforcements.get((row.account, record))
    progress = json.loads(row.body).get("progress", "open")
    told.enforcements[row.account, record] = (begun[0] if begun else detected_at, progress, row.body)


def _decision(row: AuditRow, told: Told) -> None:
    told.decisions.append((row.account, row.body))


def _snapshot(row: AuditRow, told: Told) -> None:
    seq, digest = _fields(row, "seq", "sha256")
    told.snapshots.setdefault(row.account, {})[seq] = (row.at, digest)


def _rules(row: AuditRow, told: Told) -> None:
    if not row.body.startswith("{"):  # version 1 of the tables: `name digest`
        told.rulesets[row.body.rpartition(" ")[2]] = (row.at, "")
        return
    digest, sealed = _fields(row, "digest", "sha256")
    told.rulesets[digest] = (row.at, sealed)


def _fact(row: AuditRow, told: Told) -> None:
    key, value = _fields(row, "key", "value")
    told.facts[key] = value


def _start(_row: AuditRow, told: Told) -> None:
    told.has_started = True


LEARN: dict[str, Callable[[AuditRow, Told], None]] = {
    "lock": _lock,
    "lock_ended": _lock_ended,
    "enforcement": _enforcement,
    "decision": _decision,
    "snapshot": _snapshot,
    "rules": _rules,
    "fact": _fact,
    "start": _start,
}
"""What a row of each kind says of other tables. The other kinds are told here alone."""


def _fields(row: AuditRow, *names: str) -> list[Any]:
    body = json.loads(row.body)
    return [body[name] for name in names]
