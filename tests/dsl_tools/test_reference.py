"""The generated reference: it says what the tables say, and the schemas agree with the checker."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dsl import document_keys as keys
from dsl.check_windows import OVER, SINCE
from dsl.pipeline import validate
from dsl.problems import Source
from dsl.reference import generated
from dsl.reference.windows import WINDOWS
from dsl.schema import key_help
from dsl.schema.rule_schema import rule_schema
from dsl.schema.ruleset_schema import ruleset_schema
from dsl.yaml_nodes import ListNode, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for path in (ROOT / "rulesets").glob("*/*.yaml") if path.name != "lists.yaml")
SAMPLES = sorted((ROOT / "tests").glob("dsl_*/*samples/*.yaml"))
STRUCTURE = {"E002", "E004", "E601"}
"""Codes that a flat schema can see: an unknown or a missing setting, an unknown action."""

ONLY_THE_CHECKER = {"key_in_param"}
"""What stands below a parameter may be a table, a schedule or its bounds: a flat schema cannot tell."""

RULE, RULESET = Draft202012Validator(rule_schema()), Draft202012Validator(ruleset_schema())
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def as_editor_sees(node: YamlNode) -> Any:
    """Return what an editor makes of a file: YAML 1.2, so only numbers and true and false are no texts."""
    match node:
        case MapNode():
            return {entry.key: as_editor_sees(entry.value) for entry in node}
        case ListNode():
            return [as_editor_sees(item) for item in node.items]
        case Scalar():
            if node.style == "plain" and NUMBER.fullmatch(node.text):
                return float(node.text) if "." in node.text else int(node.text)
            return (
                {"true": True, "false": False}.get(node.text, node.text)
                if node.style == "plain"
                else node.text
            )


def complaints(path: Path) -> list[str] | None:
    """Return what the schema has against a file, None when it cannot be read at all."""
    root = read_yaml(Source(path.as_posix(), path.read_text(encoding="utf-8")), [])
    if not isinstance(root, MapNode):
        return None
    schema = RULESET if path.name == "ruleset.yaml" else RULE
    return [error.message for error in schema.iter_errors(as_editor_sees(root))]


@pytest.mark.parametrize("name", generated())
def test_what_is_generated_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == generated()[name], "run `risk reference --write`"


@pytest.mark.parametrize("schema", [rule_schema(), ruleset_schema()], ids=["rule", "ruleset"])
def test_the_schemas_are_schemas_and_flat(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)

    assert not re.search(r'"(oneOf|anyOf|allOf|\$ref)"', json.dumps(schema))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT / "rulesets").as_posix())
def test_the_schema_has_nothing_against_a_shipped_file(path: Path) -> None:
    assert complaints(path) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_schema_and_checker_agree_on_a_sample(path: Path) -> None:
    found = complaints(path)
    if found is None or path.parent.name == "analysis_samples":
        return
    errors = {problem.code for problem in validate(path) if problem.is_error}

    assert errors or not found
    assert found or not errors & STRUCTURE or path.stem in ONLY_THE_CHECKER


def test_every_setting_is_described() -> None:
    tables = [
        (key_help.RULE, keys.RULE_KEYS),
        (key_help.SETTINGS, keys.SETTINGS_KEYS),
        ({**key_help.RULESET, **key_help.SETTINGS}, keys.RULESET_KEYS),
        (key_help.TIER, keys.TIER_KEYS),
        (key_help.PARAM, keys.PARAM_KEYS),
        (key_help.SCHEDULE, keys.SCHEDULE_KEYS),
        (key_help.STOPS, keys.STOPS_KEYS),
        (key_help.WARN, keys.WARN_KEYS),
        (key_help.GAUGE, keys.GAUGE_KEYS),
        (key_help.RESET, keys.RESET_KEYS),
        (key_help.EXCEPTION, keys.EXCEPTION_KEYS),
    ]

    assert [set(helps) ^ set(known) for helps, known in tables] == [set()] * len(tables)


def test_every_window_is_described() -> None:
    named = {text.split()[1] for text in WINDOWS if not text.startswith("over last")}

    assert named == OVER.keys() | SINCE.keys()


def test_the_command_writes_what_differs_and_nothing_else(
    tool: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tool("reference", "--write").code == 2
    (tmp_path / "rulesets").mkdir()
    (tmp_path / "schemas").mkdir()

    assert tool("reference", "--write").out.split() == list(generated())
    assert tool("reference", "--write").out == ""
    assert tool("reference").out == generated()["rulesets/REFERENCE.md"]
