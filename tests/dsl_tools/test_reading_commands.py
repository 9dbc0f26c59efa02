"""`risk fields` and `risk functions`: units, scopes, freshness and examples of all there is."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from dsl.aggregates import AGGREGATES
from dsl.facts import FACTS
from dsl.functions import FUNCTIONS
from dsl.reference.windows import WINDOWS

Tool = Callable[..., Any]


@pytest.mark.parametrize("path", FACTS)
def test_a_field_is_listed_with_its_unit_in_its_scopes_only(tool: Tool, path: str) -> None:
    fact = FACTS[path]
    for scope in ("account", "symbol", "position", "trade"):
        lines = {line.split()[0]: line for line in tool("fields", "--scope", scope).out.splitlines()}

        assert (path in lines) == (scope in fact.scopes)
        assert path not in lines or str(fact.kind) in lines[path]
        assert path not in lines or ("fresh quote" in lines[path]) == fact.needs_quotes


def test_functions_are_listed_with_examples_and_windows(tool: Tool) -> None:
    said = tool("functions").out

    assert all(f"\n{name}(" in f"\n{said}" for name in [*FUNCTIONS, *AGGREGATES])
    assert "    loss(-$350) is $350\n" in said
    assert all(f"    {written}: " in said for written in WINDOWS)


def test_what_is_listed_for_programs_has_a_name_and_a_version(tool: Tool) -> None:
    fields, functions = json.loads(tool("fields", "--json").out), json.loads(tool("functions", "--json").out)

    assert (fields["schema"], len(fields["fields"])) == ("risk.fields/1", len(FACTS))
    assert functions["schema"] == "risk.functions/1"
    assert {
        row["function"].partition("(")[0] for row in functions["functions"]
    } == FUNCTIONS.keys() | AGGREGATES.keys()
