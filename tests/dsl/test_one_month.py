"""A name with a month means that month only, in rules that count each month apart."""

import pytest

from dsl.pipeline import compile_rule
from dsl.problems import Source
from dsl.ruleset_build import default_info
from engine.facts import Facts
from engine.facts.view import View
from engine.instruments import Instrument
from engine.state import State
from engine.subject import Subject, SubjectKind
from engine.units import Money, Price

INFO = default_info()
LISTED = {
    f"CON.{name}": Instrument(f"CON.{name}", name[:2], name, "EP", Price(250_000_000), Money(12_500_000))
    for name in ("ESZ6", "ESH7", "NQZ6")
}


def answer(condition: str, name: str) -> object:
    text = "rule: x\ntitle: t\nmode: enforce\nscope: position\nparams:\n  rows: {ESZ6: 1, ES: 2, other: 3}\n"
    text += f"when: {condition} and rows[ES] == 2\nthen:\n  - close: position\n"
    rule, problems = compile_rule(Source("x.yaml", text), INFO, {})
    assert rule is not None, problems
    subject = Subject(SubjectKind.POSITION, f"CON.{name}")
    return rule.tiers[0].when(Facts(View(State(account=1, instruments=LISTED), INFO.settings, subject)))


@pytest.mark.parametrize(
    ("condition", "months"),
    [
        ("symbol in [ESZ6]", ["ESZ6"]),
        ("symbol in [ESZ6, NQ]", ["ESZ6", "NQZ6"]),
        ("symbol not in [ESZ6]", ["ESH7", "NQZ6"]),
        ("symbol == ESZ6", ["ESZ6"]),
        ("ESZ6 != symbol", ["ESH7", "NQZ6"]),
        ("symbol == ES", ["ESH7", "ESZ6"]),
        ("symbol in rows", ["ESH7", "ESZ6"]),
        ("rows[symbol] == 1", ["ESZ6"]),
        ("rows[symbol] == 2", ["ESH7"]),
        ("rows[symbol] == 3", ["NQZ6"]),
    ],
)
def test_the_positions_in_these_months_are_meant(condition: str, months: list[str]) -> None:
    found = [name for name in ("ESH7", "ESZ6", "NQZ6") if answer(condition, name)]

    assert found == months
