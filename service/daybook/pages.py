"""The files of the day book: one a trading day, a JSON object a line, each line once."""

import json
from pathlib import Path
from typing import Any

SCHEMA = "risk.day/1"
MOST_PAGES = 8
"""How many days stay open for late fills; another one is read again when it is needed."""

KEPT = 400
"""Days that stay on disk: a year's report, and what follows it."""


class Page:
    """One day. A fill or trade whose line says the same again is not written twice, also not after a restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[tuple[str, str, str], str] = {}
        self._fresh: list[str] = []
        self._gap = ""
        if path.exists():
            text = path.read_text(encoding="utf-8", errors="replace")
            self._gap = "\n" if text and not text.endswith("\n") else ""
            for line in text.splitlines():
                self._learn(line)

    def add(self, row: dict[str, Any]) -> None:
        """Take a line, unless it is there."""
        line = json.dumps({"schema": SCHEMA, **row}, ensure_ascii=True)
        key = _key(row)
        if key is not None:
            told = _told(row)
            if self._known.get(key) == told:
                return
            self._known[key] = told
        self._fresh.append(line)

    def write(self) -> None:
        """Append what is new. Raises OSError; the lines are then kept for the next time."""
        if not self._fresh:
            return
        with self._path.open("a", encoding="utf-8") as file:
            file.write(self._gap + "".join(f"{line}\n" for line in self._fresh))
        self._gap = ""  # what ends the half line of a guard that was killed while writing
        self._fresh.clear()

    def _learn(self, line: str) -> None:
        try:
            row = json.loads(line)
            key = _key(row)
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # the last line of a guard that was killed while writing
        if key is not None:
            self._known[key] = _told(row)


class Pages:
    """All days that are written to now."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: dict[str, Page] = {}

    def add(self, day: str, row: dict[str, Any]) -> None:
        """Add a line to a day (ISO date). Raises OSError."""
        page = self._pages.get(day)
        if page is None:
            page = self._opened(day)
        page.add(row)

    def write(self) -> None:
        """Write what was added. Raises OSError."""
        for page in self._pages.values():
            page.write()

    def _opened(self, day: str) -> Page:
        self._folder.mkdir(mode=0o755, exist_ok=True)
        while len(self._pages) >= MOST_PAGES:
            oldest = min(self._pages)
            self._pages.pop(oldest).write()
        page = self._pages[day] = Page(self._folder / f"{day}.jsonl")
        for old in sorted(self._folder.glob("*.jsonl"))[:-KEPT]:
            old.unlink()
        return page


def _key(row: dict[str, Any]) -> tuple[str, str, str] | None:
    """Return what makes a line the same thing as an earlier one; points of the curve are all different."""
    if row["kind"] == "sample":
        return None
    return row["kind"], row["account"], str(row.get("id", row.get("name")))


def _told(row: dict[str, Any]) -> str:
    """Return what a line says, without when it was said (a contract's line carries the moment of writing)."""
    left_out = {"schema", "at"} if row["kind"] == "contract" else {"schema"}
    return json.dumps({key: value for key, value in row.items() if key not in left_out}, sort_keys=True)
