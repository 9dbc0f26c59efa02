"""Names under `let:` that build on each other: worked out in order, each once, and only so many."""

from pathlib import Path

import pytest

from dsl.pipeline import compile_rule
from dsl.problems import Source
from dsl.read_back import read_back
from dsl.ruleset_build import default_info

RULE = """rule: x
title: t
mode: enforce
scope: account
let:
  n0: {first}
{lets}when: {last}
then:
  - notify: trader
"""


def text_of(first: str, step: str, count: int, last: str) -> str:
    lets = "".join(f"  n{place + 1}: {step.format(place)}\n" for place in range(count))
    return RULE.format(first=first, lets=lets, last=last)


@pytest.mark.parametrize(
    "step",
    [
        "(account.can_trade and n{0}) or (account.is_listed and n{0})",
        "(day.total_loss >= $5 and n{0}) or (account.open_loss >= $5 and n{0})",
        "n{0} == n{0} and not n{0}",
    ],
)
def test_names_made_of_names_do_not_double(step: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text_of("account.is_locked", step, 30, "n30"), encoding="utf-8")

    read = read_back(path)

    assert [problem for problem in read.problems if problem.is_error] == []
    assert len(read.source) < 20_000
    assert len(read.words) < 20_000


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_names_in_the_file_does_not_matter(order: int) -> None:
    lets = "".join([f"  n{place + 1}: n{place} + $1\n" for place in range(20)][::order])

    text = RULE.format(first="account.open_pnl", lets=lets, last="n20 > $5")

    assert compile_rule(Source("x.yaml", text), default_info(), {})[1] == []


def test_a_tower_of_names_is_refused() -> None:
    text = text_of("$1", "n{0} + $1", 2_000, "n2000 > $5")

    problems = compile_rule(Source("x.yaml", text), default_info(), {})[1]

    assert {problem.code for problem in problems} == {"E311"}
