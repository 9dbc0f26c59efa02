"""Calls of functions and aggregates, with their streams, conditions and windows."""

from typing import cast

from lark import Token, Tree

from dsl.kinds import DURATION
from dsl.nodes import Arg, Bad, Call, Literal, Node, WindowKind, WindowNode
from dsl.parse_literals import read_amount
from dsl.parse_reading import Branch, Leaf, Reading
from dsl.problems import Problem
from dsl.slip_words import GRAMMAR_WORDS


def call(reading: Reading, tree: Branch) -> Node:
    """Return the node of a call; one with a window that has no length is `Bad`, its problem is reported."""
    name, *args = cast("list[Leaf | None]", tree.children)
    assert isinstance(name, Token), "a call begins with a name"
    read = tuple(_arg(reading, arg) for arg in args if isinstance(arg, Tree))
    if str(name) in GRAMMAR_WORDS:
        advice = f"write it between two conditions: `a {name} b`"
        reading.problems.append(
            Problem("E101", f"`{name}` is not a function", reading.span(name), help=advice)
        )
        return Bad(reading.span(tree))
    if any(
        arg.window is not None and arg.window.kind == "over_last" and not arg.window.length for arg in read
    ):
        return Bad(reading.span(tree))
    return Call(reading.span(tree), str(name), reading.span(name), read)


def _arg(reading: Reading, tree: Branch) -> Arg:
    value, of, where, window = cast("list[Leaf | None]", tree.children)
    assert value is not None, "an argument has a value"
    return Arg(
        reading.span(tree),
        reading.node(value),
        str(of) if of is not None else None,
        reading.span(of) if of is not None else None,
        reading.node(where) if where is not None else None,
        _window(reading, cast(Branch, window)) if window is not None else None,
    )


def _window(reading: Reading, tree: Branch) -> WindowNode:
    span, child = reading.span(tree), tree.children[0]
    if isinstance(child, Token):
        return WindowNode(span, cast(WindowKind, str(tree.data)), str(child), None, reading.span(child))
    length = _length(reading, child)
    return WindowNode(span, "over_last", "last", length, reading.span(child))


def _length(reading: Reading, tree: Branch) -> int | None:
    """Return the microseconds of a window; None after saying why it has none."""
    span, before = reading.span(tree), len(reading.problems)
    number, *unit = tree.children
    literal = read_amount(str(number), str(unit[0]), span, reading.problems) if unit else reading.node(number)
    if isinstance(literal, Literal) and literal.kind == DURATION and literal.value:
        return cast(int, literal.value)
    if len(reading.problems) == before:
        reading.problems.append(
            Problem(
                "E208",
                f"`{span.text}` is not a length of time",
                span,
                help="write for example `over last 1h`",
            )
        )
    return None
