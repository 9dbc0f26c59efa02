"""Reading the trader's log `status/enforcement.log`: JSON lines, schema `risk.act/1`, with its rotated files."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.json_reader import BadDocument, JsonReader

OLDEST = 99
"""Rotated files looked for; the guard keeps five unless told otherwise."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as written. `rules` are all that it concerns, `values` the whole line."""

    at: datetime
    account: str
    kind: str
    rules: tuple[str, ...]
    text: str
    reason: str
    end: str
    progress: str
    flat_ms: Decimal | None
    values: Mapping[str, Any]


def acts_in(path: Path) -> Iterator[ActLine | None]:
    """Yield all acts, the oldest first; None for a line that cannot be read. Raises Failure without any file."""
    for file in _files(path):
        try:
            with file.open(encoding="utf-8", errors="replace") as lines:
                yield from (_read(line) for line in lines if line.strip())
        except OSError as error:
            raise Failure(f"cannot read {file}: {error.strerror}", code=ExitCode.CONFIGURATION) from error


def follow_acts(path: Path, wait: Callable[[], None], *, only_new: bool = False) -> Iterator[ActLine | None]:
    """Yield all acts (or none), then each new one as it comes; goes on in the new file when the log was rotated."""
    if not only_new:
        yield from acts_in(path)
    stream: TextIO = path.open(encoding="utf-8", errors="replace")
    stream.seek(0, 2)
    try:
        rest = ""
        while True:
            rest += stream.readline()
            if rest.endswith("\n"):
                yield _read(rest)
                rest = ""
                continue
            wait()
            stream = _current(path, stream)
    finally:
        stream.close()


def _current(path: Path, stream: TextIO) -> TextIO:
    """Return the stream, or one on the fresh file once the old one was read to its end and moved away."""
    try:
        is_same = path.stat().st_ino == _inode(stream) and path.stat().st_size >= stream.tell()
    except FileNotFoundError:
        return stream
    if is_same:
        return stream
    stream.close()
    return path.open(encoding="utf-8", errors="replace")


def _inode(stream: TextIO) -> int:
    import os

    return os.fstat(stream.fileno()).st_ino


def _files(path: Path) -> list[Path]:
    """Return the rotated files and the current one, the oldest first."""
    rotated = (path.with_name(f"{path.name}.{number}") for number in range(OLDEST, 0, -1))
    files = [file for file in (*rotated, path) if file.exists()]
    if not files:
        raise Failure(
            f"there is no log yet: {path} does not exist",
            "it appears with the guard's first act; is this the right home? (`risk paths`)",
            ExitCode.NOT_RUNNING,
        )
    return files


def _read(line: str) -> ActLine | None:
    try:
        values = json.loads(line, parse_float=Decimal)
        row = JsonReader(values)
        at = row.moment("at")
        if at is None:
            return None
        rules = row.texts("rules") or tuple(filter(None, [row.text("rule")]))
        return ActLine(
            at=at,
            account=row.text("account"),
            kind=row.text("kind"),
            rules=rules,
            text=row.text("text"),
            reason=row.text("reason"),
            end=row.text("end"),
            progress=row.text("progress"),
            flat_ms=row.number("flat_ms"),
            values=values,
        )
    except (json.JSONDecodeError, BadDocument, RecursionError):
        return None
