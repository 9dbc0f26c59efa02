"""Every table is complete: whoever adds a file and forgets its line is told here."""

import ast
from pathlib import Path

from cli.commands import ADMIN, COMMANDS
from cli.error_help import EXPLAINED
from dsl.aggregates import AGGREGATES
from dsl.functions import FUNCTIONS
from engine.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]

COMMAND_FILES = {"calendar_ahead": "calendar", "rule_tests": "test"}
"""Files that could not be named after their command; `test` and `calendar` are names of the standard library."""


def modules(folder: str) -> set[str]:
    """Return the names of a folder's modules."""
    return {path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"}


def imported(folder: str) -> set[str]:
    """Return the modules of a folder that its `__init__.py` imports from."""
    tree = ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8"))
    package = folder.replace("/", ".")
    origins = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {origin.removeprefix(f"{package}.") for origin in origins if origin.startswith(f"{package}.")}


def test_each_function_of_the_language_is_one_file_and_one_line() -> None:
    assert modules("dsl/functions") == set(FUNCTIONS)


def test_each_aggregate_of_the_language_is_one_file_and_one_line() -> None:
    assert imported("dsl/aggregates") == set(AGGREGATES)
    assert modules("dsl/aggregates") >= set(AGGREGATES)


def test_each_action_of_the_engine_is_one_file_and_one_line() -> None:
    assert modules("engine/actions") == set(ACTIONS)


def test_each_file_of_facts_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "engine").rglob("*.py")]
    used = {
        name for name in modules("engine/facts") if any(f"engine.facts.{name} " in text for text in sources)
    }

    assert modules("engine/facts") - used == set()


def test_each_command_is_one_file_and_one_line() -> None:
    files = {COMMAND_FILES.get(name, name) for name in modules("cli/commands")}
    admin = {f"admin_{name}".replace("-", "_") for name in ADMIN}

    assert files == {name.replace("-", "_") for name in COMMANDS} | admin


def test_each_group_of_explanations_is_in_the_table() -> None:
    assert modules("cli/error_help") == imported("cli/error_help")
    assert EXPLAINED
