"""What an expression means: precedence, windows, literals with exact values."""

import pytest

from dsl.kinds import (
    CONTRACTS,
    DATE,
    DURATION,
    MONEY,
    NUMBER,
    PERCENT,
    POINTS,
    SYMBOL,
    TEXT,
    TICKS,
    TIME_OF_DAY,
    TIME_RANGE,
    UNLIMITED,
    YES_NO,
    ZERO,
    Kind,
)
from dsl.nodes import Arg, Binary, Call, Compare, Literal, Logic, Membership, Name, Node, Not, Row, WindowNode
from dsl.parse import parse_expression
from dsl.parse_values import parse_value
from dsl.problems import Problem, Source
from dsl.yaml_nodes import MapNode, Scalar
from dsl.yaml_read import read_yaml

MINUTE = 60_000_000
ANYWHERE = Source("x", "")


def parse(text: str) -> Node:
    problems: list[Problem] = []
    node = parse_expression(Source("a.yaml", text), 0, len(text), problems)
    assert problems == []
    return node


def name(node: Node) -> str:
    assert isinstance(node, Name)
    return node.text


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("$500", MONEY, 500_000_000),
        ("$1,250.50", MONEY, 1_250_500_000),
        ("$1,000,000", MONEY, 1_000_000_000_000),
        ("5 contracts", CONTRACTS, 5_000_000),
        ("1 contract", CONTRACTS, 1_000_000),
        ("10 ticks", TICKS, 10_000_000),
        ("0.25 points", POINTS, 250_000),
        ("15m", DURATION, 15 * MINUTE),
        ("1h30m", DURATION, 90 * MINUTE),
        ("250ms", DURATION, 250_000),
        ("2 weeks", DURATION, 14 * 24 * 60 * MINUTE),
        ("1.5 hours", DURATION, 90 * MINUTE),
        ("09:30", TIME_OF_DAY, 570 * MINUTE),
        ("18:00..02:00", TIME_RANGE, (1080 * MINUTE, 120 * MINUTE)),
        ("40%", PERCENT, 400_000),
        ("0.5%", PERCENT, 5_000),
        ("3", NUMBER, 3_000_000),
        ("0.1", NUMBER, 100_000),
        ("0", ZERO, 0),
        ("true", YES_NO, True),
        ("false", YES_NO, False),
        ("ES", SYMBOL, "ES"),
        ("6E", SYMBOL, "6E"),
        ("M2K", SYMBOL, "M2K"),
        ("ESZ6", SYMBOL, "ESZ6"),
        ('"a text"', TEXT, "a text"),
        ("unlimited", UNLIMITED, "unlimited"),
    ],
)
def test_a_literal_has_its_kind_and_exact_value(text: str, kind: Kind, value: object) -> None:
    node = parse(text)

    assert isinstance(node, Literal)
    assert (node.kind, node.value, node.text, node.span.text) == (kind, value, text, text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("-$500", MONEY, -500_000_000),
        ("-5 contracts", CONTRACTS, -5_000_000),
        ("2025-12-24", DATE, "2025-12-24"),
        ('"$2,000"', MONEY, 2_000_000_000),
        ('"long side"', TEXT, "long side"),
        ("'\"long 2\"'", TEXT, "long 2"),
        ("unlimited", UNLIMITED, "unlimited"),
    ],
)
def test_a_parameter_may_also_be_negative_a_date_or_a_quoted_text(
    text: str, kind: Kind, value: object
) -> None:
    problems: list[Problem] = []
    root = read_yaml(Source("a.yaml", f"limit: {text}\n"), problems)
    assert isinstance(root, MapNode)
    scalar = root.entries[0].value
    assert isinstance(scalar, Scalar)
    node = parse_value(scalar, problems)

    assert problems == []
    assert isinstance(node, Literal)
    assert (node.kind, node.value) == (kind, value)


def test_and_binds_tighter_than_or_and_not_tighter_than_and() -> None:
    node = parse("not a and b or c")

    assert isinstance(node, Logic)
    assert node.op == "or"
    inner, last = node.operands
    assert isinstance(inner, Logic)
    assert inner.op == "and"
    assert isinstance(inner.operands[0], Not)
    assert name(last) == "c"


def test_a_chain_of_and_is_one_node() -> None:
    node = parse("a and b and c and d")

    assert isinstance(node, Logic)
    assert [name(operand) for operand in node.operands] == ["a", "b", "c", "d"]


def test_arithmetic_goes_from_left_and_times_before_plus() -> None:
    node = parse("a - b - c * d")

    assert isinstance(node, Binary)
    assert isinstance(node.left, Binary)
    assert isinstance(node.right, Binary)
    assert (node.op, node.left.op, node.right.op) == ("-", "-", "*")


def test_a_place_includes_brackets_inside_it() -> None:
    text = "x > (a + b) * (c - d)"
    node = parse(text)

    assert isinstance(node, Compare)
    assert node.right.span.text == "(a + b) * (c - d)"
    assert node.span.text == text
    assert isinstance(node.right, Binary)
    assert node.right.left.span.text == "a + b"


def test_not_in_front_of_in_means_not_in() -> None:
    assert (
        parse("not symbol in blocked") == parse("symbol not in blocked") == parse("not (symbol in blocked)")
    )


def test_a_word_that_begins_with_in_is_not_in() -> None:
    with pytest.raises(AssertionError):
        parse("symbol inblocked")
    node = parse("inside(hours)")
    assert isinstance(node, Call)


def test_an_aggregate_has_field_stream_condition_and_window() -> None:
    node = parse("sum(pnl of trades where symbol == ES and quantity > 1 over last 1h30m)")

    assert isinstance(node, Call)
    assert (node.function, node.name_span.text) == ("sum", "sum")
    arg = node.args[0]
    assert isinstance(arg, Arg)
    assert (name(arg.value), arg.of) == ("pnl", "trades")
    assert arg.of_span is not None
    assert arg.of_span.text == "trades"
    assert isinstance(arg.where, Logic)
    assert arg.window == WindowNode(arg.span, "over_last", "last", 90 * MINUTE, arg.span)
    assert arg.window is not None
    assert (arg.window.span.text, arg.window.name_span.text) == ("over last 1h30m", "1h30m")


@pytest.mark.parametrize(
    ("text", "kind", "window"), [("over session", "over", "session"), ("since reset", "since", "reset")]
)
def test_a_window_keeps_its_word_and_name(text: str, kind: str, window: str) -> None:
    node = parse(f"count(entries {text})")

    assert isinstance(node, Call)
    found = node.args[0].window
    assert found is not None
    assert (found.kind, found.name, found.length, found.span.text) == (kind, window, None, text)


def test_what_differs_in_a_word_differs_in_the_tree() -> None:
    texts = ["a + b", "a - b", "a", "not a", "ES", "[ES]", "count(a over week)", "count(a since week)", "-a"]
    nodes = [parse(text) for text in texts]

    assert len({repr(node) for node in nodes}) == len(texts)


def test_a_row_of_a_row_and_an_empty_list_are_read() -> None:
    node = parse("limits[symbol][0]")

    assert isinstance(node, Row)
    assert isinstance(node.table, Row)
    assert isinstance(parse("symbol in []"), Membership)
    assert parse("f()") == Call(node.span, "f", node.span, ())


def test_equal_expressions_are_equal_wherever_they_stand() -> None:
    assert parse("a  >= 60m") == parse("a >=\n 1h")
