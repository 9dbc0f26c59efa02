"""Literals have a kind and an exact value, in expressions and as parameters."""

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
from dsl.nodes import Literal, Node
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
