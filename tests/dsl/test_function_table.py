"""Every function of the language is in its table, and its example, written in the language, is true."""

import inspect
import re
from pathlib import Path

import pytest

import dsl.aggregates
import dsl.functions
from dsl.action_specs import SPECS
from dsl.aggregates import AGGREGATES
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.compile_expr import Compiler
from dsl.compile_source import Function, Module
from dsl.compile_windows import Windows
from dsl.functions import FUNCTIONS
from dsl.hours import SymbolHours
from dsl.kinds import SCHEDULE
from dsl.parse import parse_expression
from dsl.problems import Problem, Source, Span
from dsl.ruleset_build import DEFAULT_SESSION, default_info
from dsl.say import say
from dsl.signature import signature
from dsl.typed import Constant, Typed
from engine.actions import ACTIONS

EXAMPLE = re.compile(r">>> (value|kind)\(\"(.*)\"\)\n'(.*)'")
HELPERS = {"__init__", "chunks", "extreme", "folded"}


def examples() -> list[tuple[str, str, str]]:
    return [
        found for function in FUNCTIONS.values() for found in EXAMPLE.findall(inspect.getdoc(function) or "")
    ]


def checked(text: str) -> Typed:
    source, problems = Source("example.yaml", text), list[Problem]()
    info = default_info()
    hours = Constant(
        SCHEDULE, SymbolHours(info.settings.calendar.market, DEFAULT_SESSION), Span(source, 0, 0), "", "hours"
    )
    context = Context("position", None, {"hours": hours}, {}, {}, True, info, problems)
    typed = infer(parse_expression(source, 0, len(text), problems), context)
    assert problems == []
    return typed


@pytest.mark.parametrize(("what", "text", "expected"), examples())
def test_the_example_of_a_function_is_true(what: str, text: str, expected: str) -> None:
    typed = checked(text)

    if what == "kind":
        assert str(typed.kind) == expected
    else:
        module = Module()
        function = Function(module, "example")
        read = module.load(function.finish(Compiler(function, Windows(module)).compile(typed).text))
        assert say(typed.kind, read(None)) == expected


@pytest.mark.parametrize("word", FUNCTIONS)
def test_a_function_has_an_example_and_kinds_of_the_language(word: str) -> None:
    assert EXAMPLE.search(inspect.getdoc(FUNCTIONS[word]) or "")
    assert signature(FUNCTIONS[word]).summary


@pytest.mark.parametrize(("package", "table"), [(dsl.functions, FUNCTIONS), (dsl.aggregates, AGGREGATES)])
def test_every_file_of_a_folder_is_in_its_table(package: object, table: dict[str, object]) -> None:
    folder = Path(str(getattr(package, "__file__", ""))).parent

    assert {path.stem for path in folder.glob("*.py")} - HELPERS == set(table)


def test_every_action_of_the_engine_can_be_written() -> None:
    assert set(SPECS) == set(ACTIONS)
