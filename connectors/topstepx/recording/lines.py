"""The lines of a recording: one JSON object each, with its schema, the venue's time and what was said."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.failures import Unreadable
from connectors.topstepx.decode.stamps import instant_from, stamp
from engine.units import Instant

SCHEMA = "risk.recording/1"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `kind` is start, rest, frame, link or end; `fields` what that kind says."""

    at: Instant
    kind: str
    fields: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a field that must be a text. Raises Unreadable."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise Unreadable(f"`{name}` of a {self.kind} line is no text")
        return value


def written(at: Instant, kind: str, fields: Mapping[str, Any]) -> str:
    """Return a line as it stands in the file, without its end."""
    return json.dumps({"schema": SCHEMA, "at": stamp(at), "kind": kind, **fields}, ensure_ascii=True)


def read_lines(texts: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of a recording. Raises Unreadable, naming the line.

    A last line without its end was cut off when the recorder was killed, and is left out.
    """
    for number, text in enumerate(texts, 1):
        if not text.endswith("\n"):
            return
        try:
            yield _line(json.loads(text))
        except (ValueError, RecursionError, Unreadable) as error:
            raise Unreadable(f"line {number} is not from a recording: {error}") from error


def _line(values: object) -> Line:
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise Unreadable(f"its schema is not {SCHEMA}")
    at, kind = instant_from(values.get("at")), values.get("kind")
    if at is None or not isinstance(kind, str):
        raise Unreadable("it has no time or no kind")
    return Line(
        at, kind, {name: value for name, value in values.items() if name not in ("schema", "at", "kind")}
    )
