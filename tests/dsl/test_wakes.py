"""A rule is looked at again when time alone can change its answer: at that instant, and not each second until then."""

from types import SimpleNamespace
from typing import Any

import pytest

from dsl.pipeline import compile_rule
from dsl.problems import Source
from dsl.ruleset_build import default_info
from engine.events import Link
from engine.facts import Facts
from engine.facts.view import View
from engine.state import LinkState, State
from engine.subject import THE_ACCOUNT
from engine.units import HOUR, MINUTE, SECOND, Instant

INFO = default_info()
NOON = Instant(1_741_370_400_000_000)
"""Friday 2025-03-07, 12:00 in Chicago: the session ends at 15:00, the market's day at 16:00."""


def wake(when: str, scope: str = "account", **state: Any) -> int | None:
    """Return in how many microseconds the rule wants to be looked at again; None: not by time alone."""
    text = f"rule: x\ntitle: t\nmode: warn\nscope: {scope}\nparams: {{patience: 30s}}\nif_unknown: hold\n"
    text += f"when: >\n  {when}\nthen:\n  - notify: trader\n"
    rule, problems = compile_rule(Source("x.yaml", text), INFO, {})
    assert rule is not None, problems
    facts = Facts(View(State(account=1, now=NOON, **state), INFO.settings, THE_ACCOUNT, rule.name))
    if scope == "position":
        facts.position = SimpleNamespace(age=MINUTE)  # type: ignore[assignment]
    moment = rule.wake(facts)
    return None if moment is None else moment - NOON


def down(seconds: int) -> dict[str, Any]:
    """Return a state in which both ways to the venue are down for so long."""
    link = LinkState(is_live=False, since=Instant(NOON - seconds * SECOND))
    return {"links": {Link.USER_HUB: link, Link.REST: link}}


@pytest.mark.parametrize(
    ("when", "blind", "expected"),
    [
        ("connection.blind_for >= patience", 10, 20 * SECOND),
        ("connection.blind_for > patience", 30, 1),
        ("patience <= connection.blind_for", 10, 20 * SECOND),
        ("connection.blind_for >= patience", 31, None),
        ("connection.blind_for >= patience or not connection.has_login", 10, 20 * SECOND),
        ("connection.blind_for * 2 >= patience", 10, SECOND),
        ("connection.blind_for - patience >= 1s", 10, SECOND),
    ],
)
def test_blindness_is_looked_at_when_it_has_lasted_long_enough(
    when: str, blind: int, expected: int | None
) -> None:
    assert wake(when, **down(blind)) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("session.closes_in <= 5m", 3 * HOUR - 5 * MINUTE),
        ("session.closes_in < 3h", 1),
        ("session.closes_in >= 4h", 3 * HOUR),
        ("market.closes_in <= 30m", 4 * HOUR - 30 * MINUTE),
        ("account.open_loss >= $5", None),
    ],
)
def test_hours_are_looked_at_when_little_enough_of_them_is_left(when: str, expected: int | None) -> None:
    assert wake(when) == expected


def test_the_age_of_a_position_is_looked_at_when_it_is_old_enough() -> None:
    assert wake("position.age >= 2h", "position") == 2 * HOUR - MINUTE
