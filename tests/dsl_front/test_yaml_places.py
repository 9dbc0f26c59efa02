"""Every key, value and part of an expression knows its exact place in the file, in each style of YAML."""

import pytest
import yaml

from dsl import yaml_events, yaml_read
from dsl.nodes import Compare, Name
from dsl.parse import parse_scalar
from dsl.problems import Problem, Source
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode


@pytest.fixture(params=["fast", "plain"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Try both of PyYAML's scanners: the compiled one is missing on some machines."""
    chosen = yaml_events.LOADER if request.param == "fast" else yaml.SafeLoader
    monkeypatch.setattr(yaml_events, "LOADER", chosen)
    monkeypatch.setattr(yaml_read, "LOADER", chosen)


def read(text: str) -> MapNode:
    problems: list[Problem] = []
    root = yaml_read.read_yaml(Source("a.yaml", text), problems)
    assert problems == []
    assert isinstance(root, MapNode)
    return root


def entry(text: str, key: str = "when") -> Entry:
    found = read(text).get(key)
    assert found is not None
    return found


STYLES = {
    "plain": "title: caf\u00e9\nwhen: day.loss >= limit  # why\nthen: x\n",
    "plain on two lines": "when: day.loss\n  >= limit\nthen: x\n",
    "in single quotes": "when: 'day.loss >= limit'\nthen: x\n",
    "in double quotes": 'when: "day.loss >= limit" # why\nthen: x\n',
    "folded": "title: \U0001f600\nwhen: >\n  day.loss\n    >= limit\n\nthen: x\n",
    "folded, last": "when: >-\n  day.loss\n  >= limit",
    "literal": "when: |  # why\n    day.loss\n    >= limit\n# end\nthen: x\n",
    "with carriage returns": "title: t\r\nwhen: >\r\n  day.loss\r\n  >= limit\r\nthen: x\r\n",
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_the_parts_of_an_expression_stand_where_the_file_has_them(text: str) -> None:
    problems: list[Problem] = []
    value = entry(text).value
    assert isinstance(value, Scalar)
    node = parse_scalar(value, problems)

    assert problems == []
    assert isinstance(node, Compare)
    assert isinstance(node.left, Name)
    assert isinstance(node.right, Name)
    assert node.left.span.start == text.index("day.loss")
    assert node.op_span.start == text.index(">=")
    assert node.right.span.start == text.index("limit")
    assert (node.left.span.text, node.op_span.text, node.right.span.text) == ("day.loss", ">=", "limit")


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_a_value_can_be_replaced_at_its_outer_place(text: str) -> None:
    found = entry(text)
    outer = found.value.outer
    changed = text[: outer.start] + "a > b" + text[outer.end :]

    value = entry(changed).value
    assert isinstance(value, Scalar)
    assert value.text == "a > b"
    assert found.key_span.text == "when"


def spans(node: YamlNode) -> list[str]:
    match node:
        case Scalar():
            return [node.span.text]
        case ListNode():
            return [node.span.text, *(text for item in node.items for text in spans(item))]
        case MapNode():
            return [node.span.text, *(text for item in node for text in [item.key, *spans(item.value)])]


def test_lists_and_maps_end_where_their_last_value_ends() -> None:
    root = read("a:\n  b: 1\n  c: [x, 'y']\n\n# comment\nd:\n- e: {f: 2}\n- g\n")

    assert spans(root)[:6] == [root.span.text, "a", "b: 1\n  c: [x, 'y']", "b", "1", "c"]
    assert spans(root)[6:] == [
        "[x, 'y']",
        "x",
        "y",
        "d",
        "- e: {f: 2}\n- g",
        "e: {f: 2}",
        "e",
        "{f: 2}",
        "f",
        "2",
        "g",
    ]


def test_a_comment_behind_a_value_is_kept_with_its_place() -> None:
    value = entry('when: "a"   # because  \n').value

    assert isinstance(value, Scalar)
    assert value.comment is not None
    assert value.comment.text == "# because"


def test_a_setting_without_value_is_empty() -> None:
    value = entry("when:\nthen: x\n").value

    assert isinstance(value, Scalar)
    assert value.is_empty
