"""What YAML would quietly turn into something else stays what the author wrote, or is said."""

import pytest

from dsl.document_values import read_value
from dsl.kinds import NUMBER, SYMBOL, TIME_OF_DAY
from dsl.nodes import ListOf, Literal
from dsl.problems import Problem, Source
from dsl.rule_document import read_rule
from dsl.yaml_nodes import MapNode
from dsl.yaml_read import read_yaml

HEAD = "rule: a\ntitle: t\nmode: enforce\nscope: symbol\n"
TAIL = "when: symbol.quantity > limit\nthen:\n  - flatten: symbol\n"


def value_of(text: str) -> object:
    problems: list[Problem] = []
    root = read_yaml(Source("a.yaml", f"limit: {text}\n"), problems)
    assert isinstance(root, MapNode)
    value = read_value(root.entries[0].value, problems)
    assert problems == []
    return value


def codes(text: str) -> list[str]:
    problems: list[Problem] = []
    read_rule(Source("a.yaml", text), problems)
    return [problem.code for problem in problems]


def test_off_is_a_mode_and_not_false() -> None:
    problems: list[Problem] = []
    document = read_rule(Source("a.yaml", HEAD.replace("enforce", "off") + TAIL), problems)

    assert problems == []
    assert document is not None
    assert document.mode is not None
    assert document.mode.text == "off"


@pytest.mark.parametrize(("text", "minutes"), [("17:00", 1020), ("09:30", 570), ("0:05", 5)])
def test_a_time_is_a_time_of_day(text: str, minutes: int) -> None:
    value = value_of(text)

    assert isinstance(value, Literal)
    assert (value.kind, value.value) == (TIME_OF_DAY, minutes * 60_000_000)


def test_no_is_a_symbol_in_a_list() -> None:
    value = value_of("[ES, NO]")

    assert isinstance(value, ListOf)
    assert [(item.kind, item.value) for item in value.items if isinstance(item, Literal)] == [
        (SYMBOL, "ES"),
        (SYMBOL, "NO"),
    ]


def test_a_leading_zero_does_not_make_a_number_octal() -> None:
    value = value_of("010")

    assert isinstance(value, Literal)
    assert (value.kind, value.value, value.text) == (NUMBER, 10_000_000, "010")


def test_a_setting_written_twice_is_an_error() -> None:
    assert codes(HEAD + "params:\n  limit: $5\n  limit: $6\n" + TAIL) == ["E003"]


def test_a_comment_that_cuts_a_condition_off_is_an_error() -> None:
    assert codes(HEAD + TAIL.replace(" > limit", " # > 3")) == ["E104"]


def test_a_comment_that_explains_is_none() -> None:
    assert codes(HEAD + TAIL.replace("> limit", "> limit    # the desk agreed to this")) == []


@pytest.mark.parametrize("comment", ["# and more words of mine", "# > see the plan", "# - the desk"])
def test_a_comment_that_only_begins_like_an_operator_is_none(comment: str) -> None:
    assert codes(HEAD + TAIL.replace("> limit", f"> limit  {comment}")) == []


def test_on_is_a_text_and_no_truth() -> None:
    assert codes(HEAD + "on: x\n" + TAIL) == ["E002"]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("[$1,500]", "$1,500"),
        ("{ES: $1,500}", "$1,500"),
        ("{ES: 1,500, other: 0}", "1,500"),
        ("{ES: $1,500,000, other: $5}", "$1,500,000"),
        ("[$5, -$2,250.50]", "-$2,250.50"),
        ("{value: $500, max: $2,000}", "$2,000"),
        ("[10,000]", "10,000"),
    ],
)
def test_a_thousands_comma_inside_brackets_is_an_error(written: str, place: str) -> None:
    problems: list[Problem] = []
    read_rule(Source("a.yaml", HEAD + f"params:\n  limit: {written}\n" + TAIL), problems)

    assert [(problem.code, problem.span.text) for problem in problems] == [("E211", place)]


@pytest.mark.parametrize("written", ["[100,200]", "[$1, 500]", "[$5,$6]", "[10m,30m,2h]", '["$1,500"]'])
def test_a_comma_between_two_values_is_none(written: str) -> None:
    assert codes(HEAD + f"params:\n  limit: {written}\n" + TAIL) == []
