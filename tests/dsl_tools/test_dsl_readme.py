"""The page for people who extend the language: its code works as it stands there, and is what the program has."""

import re
from pathlib import Path
from typing import Any

import pytest

from dsl.aggregates import AGGREGATES, Aggregate
from dsl.functions import FUNCTIONS
from dsl.pipeline import compile_rule
from dsl.problems import Problem, Source
from dsl.reference.examples import examples_of, form_of
from dsl.reference.page import page
from dsl.ruleset_build import default_info
from engine.units import SCALE, Instant

ROOT = Path(__file__).parents[2]
README = (ROOT / "dsl" / "README.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", README, re.DOTALL))
RULE = """rule: r
title: t
mode: shadow
scope: account
when: {when}
then:
  - notify: trader
"""


def problems_of(when: str) -> list[Problem]:
    return compile_rule(Source("r.yaml", RULE.format(when=when)), default_info(), {})[1]


def loaded(path: str, name: str) -> Any:
    space: dict[str, Any] = {"__name__": path}
    exec(compile(BLOCKS[path], path, "exec"), space)  # noqa: S102  our own page
    return space[name]


@pytest.mark.parametrize("path", [path for path in BLOCKS if (ROOT / path).exists()])
def test_code_that_is_shown_from_the_program_is_still_there(path: str) -> None:
    assert BLOCKS[path].rstrip("\n") in (ROOT / path).read_text(encoding="utf-8")


def test_the_function_of_the_page_has_about_fifteen_lines_and_works_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    between = loaded("dsl/functions/between.py", "between")
    assert len([line for line in BLOCKS["dsl/functions/between.py"].splitlines() if line]) <= 15
    assert problems_of("between(account.open_loss, $100, $500) >= $300")[0].code == "E303"
    monkeypatch.setitem(FUNCTIONS, "between", between)

    assert not [
        each for each in problems_of("between(account.open_loss, $100, $500) >= $300") if each.is_error
    ]
    assert [each.code for each in problems_of("between(account.open_loss, 1, $500) >= $300")][:1] == ["E204"]
    assert examples_of(between) == [("between($700, $100, $500)", "$500")]
    assert form_of("between", between) in page()
    assert between(700 * SCALE, 100 * SCALE, 500 * SCALE) == 500 * SCALE


def test_the_aggregate_of_the_page_works(monkeypatch: pytest.MonkeyPatch) -> None:
    first = loaded("dsl/aggregates/first.py", "First")
    monkeypatch.setitem(AGGREGATES, "first", Aggregate(lambda rolling: first(), summary="the oldest value"))
    held = first().add(first().add(first().empty(), 5, Instant(1)), 7, Instant(2))

    assert (first().result(held), first().result(first().empty())) == (5, None)
    assert not [each for each in problems_of("first(pnl of trades over session) < $0") if each.is_error]
