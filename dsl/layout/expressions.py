"""Which texts of a rule are expressions, and how an expression is laid out."""

import re
import textwrap

from dsl.action_specs import SPECS
from dsl.format import format_node
from dsl.nodes import Bad, Logic, Node
from dsl.parse import parse_scalar
from dsl.problems import Problem
from dsl.yaml_nodes import Scalar

WIDTH = 80
"""Columns of a line. Source: `dsl.md` 14, a long `when`."""

ITEM = "*"
"""Stands for the place in a list."""

_CONDITIONS = {
    ("when",), ("for",), ("clear_when",), ("clear_for",), ("warn", "when"), ("gauge", "value"), ("gauge", "limit"),
    ("tiers", ITEM, "when"), ("tiers", ITEM, "for"), ("stops", "max_distance"),
}  # fmt: skip
_OPTIONS = frozenset({"until", "for", "measure", "step", "every"})
_UNSAFE = re.compile(r"""^[\[\]{}>|*&!%@"'`,?#]|^- |: | #|:$""")


def is_expression(path: tuple[str, ...]) -> bool:
    """Say whether the text at a path of keys is an expression."""
    if path in _CONDITIONS or (len(path) == 2 and path[0] == "let"):
        return True
    if path[:-1] not in (("then", ITEM), ("tiers", ITEM, "then", ITEM)):
        return False
    spec = SPECS.get(path[-1])
    return path[-1] in _OPTIONS or (spec is not None and spec.kind is not None)


def laid_out(scalar: Scalar, room: int) -> list[str] | None:
    """Return the lines of an expression: one if it fits in `room` columns, else those below a `>`; None: as it is."""
    problems: list[Problem] = []
    node = parse_scalar(scalar, problems)
    if problems or isinstance(node, Bad):
        return None
    text = format_node(node)
    if len(text) <= room and not _UNSAFE.search(text):
        return [text]
    lines = [line.rstrip() for line in textwrap.dedent(scalar.span.text).splitlines()]
    own = textwrap.dedent("\n".join(lines)).split("\n")
    if (
        scalar.style == "folded"
        and " ".join(scalar.span.text.split()) == text
        and max(map(len, own)) <= WIDTH - 4
    ):
        return ["", *_dedented(scalar)]
    return ["", *_broken(node, text)]


def _dedented(scalar: Scalar) -> list[str]:
    """Return the lines of a block without their common indentation; the first begins at its first sign."""
    _, column = scalar.span.place
    lines = scalar.span.text.splitlines()
    rest = [line[column - 1 :] if not line[: column - 1].strip() else line.lstrip() for line in lines[1:]]
    return [line.rstrip() for line in [lines[0], *rest]]


def _broken(node: Node, text: str) -> list[str]:
    """Return an expression on several lines: each part of an outer `and` or `or` begins one."""
    parts = [text]
    if isinstance(node, Logic):
        inner = [format_node(part) for part in node.operands]
        bare = [
            f"({one})" if _needs_brackets(node, part) else one
            for one, part in zip(inner, node.operands, strict=True)
        ]
        parts = [bare[0], *(f"{node.op} {part}" for part in bare[1:])]
    return [line for part in parts for line in _wrapped(part)]


def _needs_brackets(node: Logic, part: Node) -> bool:
    return isinstance(part, Logic) and part.op in (node.op, "or" if node.op == "and" else node.op)


def _wrapped(part: str) -> list[str]:
    """Return a part on lines that fit, broken at spaces outside of quotes."""
    if '"' in part:
        return [part]
    return textwrap.wrap(
        part, WIDTH - 4, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def dedented(scalar: Scalar) -> list[str]:
    """Return the lines of a text of several lines without their indentation."""
    return (
        _dedented(scalar)
        if scalar.style in ("folded", "literal")
        else [line.strip() for line in scalar.span.text.splitlines()]
    )
