"""Operators, lists, rows and names of the expression language."""

from typing import cast

from lark import Token

from dsl.amount_slips import suggest_amount
from dsl.kinds import TIME_OF_DAY, UNLIMITED
from dsl.nodes import (
    ArithmeticSign,
    Bad,
    Binary,
    Compare,
    CompareSign,
    ListOf,
    Literal,
    Logic,
    LogicWord,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Row,
)
from dsl.parse_literals import negated, read_amount
from dsl.parse_reading import Branch, Reader, Reading
from dsl.problems import Problem, Span
from dsl.slip_words import GRAMMAR_WORDS


def binary(op: ArithmeticSign) -> Reader:
    """Return the reader of an arithmetic sign."""

    def read(reading: Reading, tree: Branch) -> Node:
        left, right = reading.children(tree)
        if op == "-" and _is_time(left) and _is_time(right):
            return _dashed_range(reading, left.span.to(right.span))
        return Binary(reading.span(tree), op, left, right)

    return read


def logic(op: LogicWord) -> Reader:
    """Return the reader of `and` or `or`."""

    def read(reading: Reading, tree: Branch) -> Node:
        return Logic(reading.span(tree), op, reading.children(tree))

    return read


def membership(*, is_negated: bool) -> Reader:
    """Return the reader of `in` or `not in`."""

    def read(reading: Reading, tree: Branch) -> Node:
        item, container = reading.children(tree)
        return Membership(reading.span(tree), is_negated, item, container)

    return read


def opposite(reading: Reading, tree: Branch) -> Node:
    """Return the node of `not`; `not a in b` means `a not in b` and becomes the same node."""
    inner, span = reading.inner(tree), reading.span(tree)
    if isinstance(inner, Membership) and not inner.negated:
        return Membership(span, True, inner.item, inner.container)
    return Not(span, inner)


def compare(reading: Reading, tree: Branch) -> Node:
    """Return the node of a comparison."""
    left, op, right = tree.children
    assert isinstance(op, Token), "the grammar puts a comparison sign between the two sides"
    return Compare(
        reading.span(tree),
        cast(CompareSign, str(op)),
        reading.span(op),
        reading.node(left),
        reading.node(right),
    )


def negative(reading: Reading, tree: Branch) -> Node:
    """Return the node of a minus in front of a value."""
    return Negative(reading.span(tree), reading.inner(tree))


def row(reading: Reading, tree: Branch) -> Node:
    """Return the node of a look-up in a table."""
    table, index = reading.children(tree)
    return Row(reading.span(tree), table, index)


def listed(reading: Reading, tree: Branch) -> Node:
    """Return the node of a list."""
    return ListOf(reading.span(tree), reading.children(tree))


def path(reading: Reading, tree: Branch) -> Node:
    """Return the node of a name; `unlimited` is a literal, and a word such as `and` no name."""
    parts, span = tuple(str(part) for part in tree.children), reading.span(tree)
    if parts == ("unlimited",):
        return unlimited(reading, tree)
    if parts[0] in GRAMMAR_WORDS:
        advice = f"`{parts[0]}` stands between two conditions or values"
        reading.problems.append(Problem("E101", f"`{parts[0]}` does not fit here", span, help=advice))
        return Bad(span)
    return Name(span, parts)


def unlimited(reading: Reading, tree: Branch) -> Literal:
    """Return the literal `unlimited`."""
    return Literal(reading.span(tree), UNLIMITED, "unlimited", "unlimited")


def amount(reading: Reading, tree: Branch) -> Node:
    """Return the literal of a number with a unit in words."""
    number, unit = map(str, tree.children)
    return read_amount(number, unit, reading.span(tree), reading.problems)


def minus(reading: Reading, tree: Branch) -> Node:
    """Return a literal below zero, as a parameter may be."""
    literal, span = reading.inner(tree), reading.span(tree)
    return negated(span, literal, reading.problems) if isinstance(literal, Literal) else Bad(span)


def _is_time(node: Node) -> bool:
    return isinstance(node, Literal) and node.kind == TIME_OF_DAY


def _dashed_range(reading: Reading, span: Span) -> Bad:
    better = suggest_amount(span.text) or "08:30..15:00"
    reading.problems.append(
        Problem("E208", f"`{span.text}` is not an amount I understand", span, help=f"write `{better}`")
    )
    return Bad(span)
