"""What an expression means: precedence, windows, literals with exact values."""

import pytest

from dsl.nodes import Arg, Binary, Call, Compare, Logic, Membership, Name, Node, Not, Row, WindowNode
from dsl.parse import parse_expression
from dsl.problems import Problem, Source

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
