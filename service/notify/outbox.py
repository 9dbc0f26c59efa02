"""What is to be told and what was: one row a person and note, so that a restart loses nothing and tells nothing twice.

One exception: what a channel took in the moment the process died, before the row said so, is told once more.
"""

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from engine.units import DAY, MINUTE, SECOND, Instant
from service.notify.messages import Note
from service.notify.settings import Person

RETRIES = (10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE)
"""How long to wait after each failure; the last one again and again."""

GIVEN_UP = DAY
"""What could not be told for so long is old news."""

KEPT = 30 * DAY


@dataclass(frozen=True, slots=True)
class Due:
    """One message to send now."""

    row: int
    person: str
    title: str
    text: str
    tries: int
    made_at: Instant


class Outbox:
    """A SQLite file of its own, used by one thread at a time. Raises sqlite3.Error where the disk fails."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = Database(sqlite3.connect(path, check_same_thread=False))
        self._db.conn.execute("PRAGMA journal_mode=WAL")
        if not self._db.table("position").exists():
            self._db.table("position").create({"id": int, "at": str}, pk="id")
        if not self._db.table("messages").exists():
            self._db.table("messages").create(
                {
                    "id": int, "person": str, "key": str, "throttled": str, "title": str, "text": str,
                    "made_at": int, "next_at": int, "tries": int, "ended_at": int, "outcome": str,
                },
                pk="id",
            )  # fmt: skip
            self._db.table("messages").create_index(["person", "key"], unique=True)

    def add(self, note: Note, people: tuple[Person, ...], now: Instant) -> None:
        """Take a note for everybody who wants it, unless they were told; one that comes too soon is not told at all."""
        for person in people:
            self._add(note, person, now)

    def _add(self, note: Note, person: Person, now: Instant) -> None:
        with self._lock:
            if note.level not in person.levels or (
                person.accounts and note.account not in {"", *person.accounts}
            ):
                return
            outcome = "throttled" if self._is_too_soon(note, person, now) else ""
            row = {
                "person": person.name, "key": note.key, "throttled": note.group, "title": note.title,
                "text": note.text, "made_at": now, "next_at": now, "tries": 0,
                "ended_at": now if outcome else None, "outcome": outcome,
            }  # fmt: skip
            self._db.table("messages").insert(row, ignore=True)

    def due(self, person: str, now: Instant) -> list[Due]:
        """Return what is to be sent to a person now, oldest first."""
        with self._lock:
            rows = self._db.query(
                "SELECT id, person, title, text, tries, made_at FROM messages "
                "WHERE person = ? AND ended_at IS NULL AND next_at <= ? ORDER BY id",
                [person, now],
            )
            return [
                Due(row["id"], row["person"], row["title"], row["text"], row["tries"], row["made_at"])
                for row in rows
            ]

    def sent(self, due: Due, now: Instant) -> None:
        """Note that it arrived."""
        with self._lock:
            self._db.table("messages").update(due.row, {"ended_at": now, "outcome": "sent"})

    def failed(self, due: Due, now: Instant) -> None:
        """Note that it did not: try again later, for a day."""
        wait = RETRIES[min(due.tries, len(RETRIES) - 1)]
        change: dict[str, object] = {"tries": due.tries + 1, "next_at": now + wait}
        if now - due.made_at > GIVEN_UP:
            change |= {"ended_at": now, "outcome": "given up"}
        with self._lock:
            self._db.table("messages").update(due.row, change)

    def position(self, first: str) -> str:
        """Return up to which moment acts were taken; `first` where none ever was."""
        with self._lock:
            for row in self._db.query("SELECT at FROM position"):
                return str(row["at"])
        self.move_to(first)
        return first

    def move_to(self, at: str) -> None:
        """Note up to which moment acts were taken."""
        with self._lock:
            self._db.table("position").upsert({"id": 1, "at": at}, pk="id")

    def tidy(self, now: Instant) -> None:
        """Forget what ended long ago."""
        with self._lock:
            self._db.table("messages").delete_where("ended_at < ?", [now - KEPT])

    def close(self) -> None:
        with self._lock, closing(self._db.conn):
            self._db.conn.commit()

    def _is_too_soon(self, note: Note, person: Person, now: Instant) -> bool:
        if not note.group:
            return False
        rows = self._db.query(
            "SELECT 1 FROM messages WHERE person = ? AND throttled = ? AND outcome != 'throttled' AND key != ? "
            "AND made_at > ? LIMIT 1",
            [person.name, note.group, note.key, now - person.every],
        )
        return next(iter(rows), None) is not None
