"""What an account went beyond a limit until it was brought back is told apart from the limit."""

from dataclasses import replace
from typing import Any

import pytest

from engine.enforcement import Enforcement, Progress, Reason
from engine.rule import Gauge, Mode, Rule, RuleScope, RuleSet, Tier, Topic
from engine.state import State
from engine.units import SCALE, SECOND, Instant
from service import rules_source
from service.acts import _enforcement
from service.guarded import Guarded

NOON = Instant(1_794_927_600 * SECOND)


def rule(value: int, unit: str) -> Rule:
    gauge = Gauge(lambda f: value * SCALE, lambda f: 500 * SCALE, unit, "lost today")
    return Rule(
        "daily_loss",
        "Daily loss",
        Mode.ENFORCE,
        RuleScope.ACCOUNT,
        (Tier("", lambda f: True, lambda f: (), gauge=gauge),),
        frozenset({Topic.FILLS}),
        lambda f, context: "",
        lambda f: None,
    )


def line(value: int, unit: str = "money", progress: Progress = Progress.PROVEN) -> dict[str, Any]:
    rules = RuleSet("r", "d", rules_source.empty().rules.settings, (rule(value, unit),))
    account = Guarded("alice", 7, "main", "enforce", rules, State(7, now=NOON))
    one = Enforcement("E1", (Reason("daily_loss", "", "why"),), {"C": 0}, {"C": 3}, False, NOON)
    written = _enforcement(replace(one, progress=progress, proven_at=NOON), account)
    assert written is not None
    return written


def test_money_beyond_the_limit_at_the_proof_is_named_with_the_limit() -> None:
    assert line(540)["beyond"] == [{"rule": "daily_loss", "value": "$540", "limit": "$500", "beyond": "$40"}]


@pytest.mark.parametrize(
    ("value", "unit", "progress"),
    [(500, "money", Progress.PROVEN), (540, "contracts", Progress.PROVEN), (540, "money", Progress.OPEN)],
)
def test_nothing_is_said_within_the_limit_of_other_units_or_before_the_proof(
    value: int, unit: str, progress: Progress
) -> None:
    assert line(value, unit, progress)["beyond"] == []
