"""A file of rules cut into the settings that can change one by one: `when`, `params.limit`, a list of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from dsl.problems import Problem, Source, has_errors
from dsl.yaml_nodes import Entry, MapNode
from dsl.yaml_read import read_yaml

PARAMS = "params"
WHOLE = ""
"""Names the whole of a file that cannot be cut."""

ABOVE = "#"
"""Names the comments above the first setting."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One setting: its lines, and its value on one line for people."""

    text: str
    value: str


def pieces_of(name: str, text: str) -> Mapping[str, Piece]:
    """Return the settings of a file by name, in its order; of `params` each by itself, as `params.limit`.

    A file that is not made of lines `name: value` from the first column on is one piece under an empty name.
    """
    problems: list[Problem] = []
    root = read_yaml(Source(name, text), problems)
    if not isinstance(root, MapNode) or has_errors(problems) or not _is_block(root.entries, 1):
        return {WHOLE: Piece(text, "")}
    above = text[: _line_start(text, root.entries[0].key_span.start)]
    found = {ABOVE: Piece(above, "")} if above else {}
    for entry, lines in _cut(text, root.entries):
        inner = entry.value.entries if isinstance(entry.value, MapNode) else ()
        if entry.key == PARAMS and inner and _is_block(inner, None) and _starts_below(entry, inner[0]):
            offset = _line_start(text, entry.key_span.start)
            for own, part in _cut(text[: offset + len(lines)], inner):
                found[f"{PARAMS}.{own.key}"] = Piece(part, _shown(own))
        else:
            found[entry.key] = Piece(lines, _shown(entry))
    return found


def put_together(pieces: Mapping[str, Piece]) -> str:
    """Return a file with these settings."""
    if WHOLE in pieces:
        return pieces[WHOLE].text
    lines, is_done = [], False
    for name, piece in pieces.items():
        if not name.startswith(f"{PARAMS}."):
            lines.append(piece.text)
        elif not is_done:
            is_done = True
            own = [each.text for key, each in pieces.items() if key.startswith(f"{PARAMS}.")]
            lines.append(f"{PARAMS}:\n{''.join(_aligned(own))}")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _aligned(parts: list[str]) -> list[str]:
    """Return the parts of one map, all beginning in the column of the first."""
    ended = [part if part.endswith("\n") else f"{part}\n" for part in parts]
    columns = [len(part) - len(part.lstrip(" ")) for part in ended]
    if len(set(columns)) <= 1:
        return ended
    return [_moved(part, columns[0] - own) for part, own in zip(ended, columns, strict=True)]


def _moved(part: str, by: int) -> str:
    if by >= 0:
        return "".join(f"{' ' * by}{line}" for line in part.splitlines(keepends=True))
    return "".join(
        line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in part.splitlines(keepends=True)
    )


def _cut(text: str, entries: tuple[Entry, ...]) -> list[tuple[Entry, str]]:
    starts = [_line_start(text, entry.key_span.start) for entry in entries]
    ends = [*starts[1:], len(text)]
    return [(entry, text[a:b]) for entry, a, b in zip(entries, starts, ends, strict=True)]


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _is_block(entries: tuple[Entry, ...], column: int | None) -> bool:
    """Say whether each entry begins a line of its own, in one column (`column`, counted from 1, where given)."""
    columns = {entry.key_span.place[1] for entry in entries}
    lines = {entry.key_span.place[0] for entry in entries}
    return len(columns) == 1 and len(lines) == len(entries) and column in (None, *columns)


def _starts_below(entry: Entry, first: Entry) -> bool:
    return first.key_span.place[0] > entry.key_span.place[0]


def _shown(entry: Entry) -> str:
    return " ".join(entry.value.outer.text.split())
