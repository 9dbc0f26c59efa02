"""The comments of a YAML file by line: those with a line of their own, and those behind something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dsl.problems import Source
from dsl.yaml_nodes import ListNode, MapNode, Scalar, YamlNode

_COMMENT = re.compile(r"[\s:,\-]*?(?:^|\s)(#.*)$")
_HEADER = re.compile(r"[>|][+\-0-9]*")


@dataclass(slots=True)
class Comments:
    """Lines count from 1. `inside` are lines that belong to a text of several lines: what looks like a comment is none.

    `columns`: how many characters stand before each comment that is behind something.
    """

    own: dict[int, str] = field(default_factory=dict)
    behind: dict[int, str] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    inside: set[int] = field(default_factory=set)


def comments_of(source: Source, root: YamlNode) -> Comments:
    """Return all comments of a file whose nodes are known."""
    found = Comments()
    ends = _ends_of_lines(source, root, found)
    for number in range(1, len(source.starts) + 1):
        line = source.line(number)
        if number not in found.inside and not line.strip():
            found.blank.add(number)
        elif number not in found.inside and line.lstrip().startswith("#"):
            found.own[number] = line.strip()
        elif behind := _COMMENT.match(line[ends.get(number, 0) :]):
            found.behind[number] = behind[1].rstrip()
            found.columns[number] = ends.get(number, 0) + behind.start(1)
    return found


def _ends_of_lines(source: Source, root: YamlNode, found: Comments) -> dict[int, int]:
    """Return how many characters of each line belong to what is written there, and note texts of several lines."""
    ends: dict[int, int] = {}
    for start, end, is_block in _tokens(root):
        (first, begins), (last, column) = source.place(start), source.place(end)
        found.inside.update(range(first + 1, last + 1))
        if is_block:  # a comment may stand behind its header, none at its end
            header = _HEADER.match(source.line(first)[begins - 1 :])
            ends[first] = begins - 1 + (header.end() if header else 1)
            column = 1 + len(source.line(last))
        if not is_block or last > first:
            ends[last] = max(ends.get(last, 0), column - 1)
    return ends


def _tokens(node: YamlNode) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of keys, scalars and collections in brackets; the last tells texts below a `>` or `|`."""
    match node:
        case Scalar():
            yield node.outer.start, node.outer.end, node.style in ("folded", "literal")
        case MapNode():
            for entry in node:
                yield entry.key_span.start, entry.key_span.end, False
                yield from _tokens(entry.value)
        case ListNode():
            for item in node.items:
                yield from _tokens(item)
    if is_flow(node):
        yield node.span.start, node.span.end, False


def is_flow(node: YamlNode) -> bool:
    """Say whether a list or a map stands in brackets."""
    return not isinstance(node, Scalar) and node.span.text[:1] in ("[", "{")
