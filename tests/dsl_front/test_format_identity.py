"""Writing an expression and reading it again gives the same expression: every node the parser can make."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl import kinds
from dsl.format import format_node, write_literal
from dsl.nodes import (
    Arg,
    Binary,
    Call,
    Compare,
    ListOf,
    Literal,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Row,
    WindowNode,
)
from dsl.parse import parse_expression
from dsl.problems import Problem, Source, Span

NOWHERE = Span(Source("x", ""), 0, 0)
MINUTE = 60_000_000

WORDS = ["limit", "warn_at", "lost", "order", "nothing", "inside", "overall", "since2", "_x"]
SIGNS = ["<=", ">=", "==", "!=", "<", ">"]
VALUES: list[tuple[kinds.Kind, st.SearchStrategy[Any]]] = [
    (kinds.MONEY, st.integers(0, 10**9).map(lambda cents: cents * 10_000)),
    (kinds.CONTRACTS, st.integers(0, 10**6).map(lambda size: size * 1_000_000)),
    (kinds.TICKS, st.integers(0, 10**10)),
    (kinds.POINTS, st.integers(0, 10**10)),
    (kinds.DURATION, st.integers(0, 10**10).map(lambda steps: steps * 1_000)),
    (kinds.PERCENT, st.integers(0, 10**7)),
    (kinds.NUMBER, st.integers(1, 10**10)),
    (kinds.ZERO, st.just(0)),
    (kinds.YES_NO, st.booleans()),
    (kinds.SYMBOL, st.sampled_from(["ES", "MNQ", "6E", "M2K", "ESZ6"])),
    (kinds.TEXT, st.text("abc xyz'#{}:", max_size=8)),
    (kinds.TIME_OF_DAY, st.integers(0, 1439).map(lambda minutes: minutes * MINUTE)),
    (kinds.TIME_RANGE, st.tuples(*[st.integers(0, 1439).map(lambda minutes: minutes * MINUTE)] * 2)),
    (kinds.UNLIMITED, st.just("unlimited")),
]


@st.composite
def leaves(draw: st.DrawFn) -> Node:
    if draw(st.booleans()):
        return Name(NOWHERE, tuple(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))))
    kind, values = draw(st.sampled_from(VALUES))
    value = draw(values)
    return Literal(NOWHERE, kind, value, write_literal(Literal(NOWHERE, kind, value, "")))


@st.composite
def windows(draw: st.DrawFn) -> WindowNode:
    if draw(st.booleans()):
        return WindowNode(NOWHERE, "over_last", "last", draw(st.integers(1, 10**9)) * 1_000, NOWHERE)
    kind = draw(st.sampled_from(["over", "since"]))
    return WindowNode(NOWHERE, kind, draw(st.sampled_from(WORDS)), None, NOWHERE)  # type: ignore[arg-type]


@st.composite
def calls(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    args = []
    for _ in range(draw(st.integers(0, 3))):
        of, where = draw(st.none() | st.sampled_from(WORDS)), draw(st.none() | inner)
        args.append(Arg(NOWHERE, draw(inner), of, NOWHERE, where, draw(st.none() | windows())))
    return Call(NOWHERE, draw(st.sampled_from(WORDS)), NOWHERE, tuple(args))


@st.composite
def pairs(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    left, right = draw(inner), draw(inner)
    match draw(st.integers(0, 4)):
        case 0:
            return Compare(NOWHERE, draw(st.sampled_from(SIGNS)), NOWHERE, left, right)  # type: ignore[arg-type]
        case 1:
            return Logic(NOWHERE, draw(st.sampled_from(["and", "or"])), (left, right, draw(inner)))  # type: ignore[arg-type]
        case 2:
            return Membership(NOWHERE, draw(st.booleans()), left, right)
        case 3:
            return Row(NOWHERE, left, right)
        case _:
            # The difference of two times of day is refused: it is a range with the wrong sign.
            signs = "+*/" if _is_time(left) and _is_time(right) else "+-*/"
            return Binary(NOWHERE, draw(st.sampled_from(signs)), left, right)  # type: ignore[arg-type]


@st.composite
def singles(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    operand = draw(inner)
    if draw(st.booleans()):
        return Negative(NOWHERE, operand)
    if isinstance(operand, Membership) and not operand.negated:
        return replace(operand, negated=True)  # what `not a in b` means
    return Not(NOWHERE, operand)


def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    lists = st.lists(inner, max_size=3).map(lambda items: ListOf(NOWHERE, tuple(items)))
    return singles(inner) | pairs(inner) | lists | calls(inner)


def _is_time(node: Node) -> bool:
    return isinstance(node, Literal) and node.kind == kinds.TIME_OF_DAY


nodes: st.SearchStrategy[Node] = st.recursive(leaves(), larger, max_leaves=12)


def parse(text: str) -> Node:
    problems: list[Problem] = []
    node = parse_expression(Source("a.yaml", text), 0, len(text), problems)
    assert problems == []
    return node


@settings(max_examples=400, deadline=None)
@given(nodes)
def test_reading_what_was_written_gives_the_same_expression(node: Node) -> None:
    text = format_node(node)

    assert parse(text) == node
    assert format_node(parse(text)) == text


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("a>=limit*80%", "a >= limit * 80%"),
        ("((a))and(b or c)", "a and (b or c)"),
        ("not a in b", "a not in b"),
        ("(a+b)-(c-d)", "a + b - (c - d)"),
        ("-(a*b)", "-(a * b)"),
        (
            "count( entries  where symbol==ES over last 60m )",
            "count(entries where symbol == ES over last 60m)",
        ),
        ("x in [ES,NQ]", "x in [ES, NQ]"),
        ("(limits[symbol])", "limits[symbol]"),
        ("clock in 8:30..15:00", "clock in 8:30..15:00"),
    ],
)
def test_amounts_stay_as_written_and_brackets_only_where_needed(written: str, formatted: str) -> None:
    assert format_node(parse(written)) == formatted
