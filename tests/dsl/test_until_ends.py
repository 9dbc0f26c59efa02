"""A pause that ends when a count is below its limit shows the instant at which that will be so by time alone."""

import pytest

from dsl.pipeline import compile_rule
from dsl.problems import Source
from dsl.ruleset_build import default_info
from engine.facts import Facts
from engine.facts.view import View
from engine.held import Held
from engine.measure import Changes, Results, window_key
from engine.state import State
from engine.subject import THE_ACCOUNT
from engine.units import HOUR, MINUTE, Instant

INFO = default_info()
NOW = Instant(1_741_600_800_000_000)


def end(until: str, minutes_ago: list[int]) -> int | None:
    """Return in how many minutes the lock ends, for entries so many minutes ago; None: not by time alone."""
    text = "rule: x\ntitle: t\nmode: enforce\nscope: account\nparams: {most: 3, length: 2}\n"
    text += "let:\n  busy: count(entries over last 1h)\n  calm: busy < most\n"
    text += f"when: length > 5 and not calm\nthen:\n  - lock: account\n    until: {until}\n"
    rule, problems = compile_rule(Source("x.yaml", text), INFO, {})
    assert rule is not None, problems
    windows = {}
    view = View(State(account=1, now=NOW), INFO.settings, THE_ACCOUNT, rule.name)
    for key, window in rule.windows.items():
        held = window.accumulator.empty()
        for ago in minutes_ago:
            held = window.accumulator.add(held, 1, Instant(NOW - ago * MINUTE))
        windows[window_key(view, key)] = Held(Instant(NOW - HOUR), held)
    view = View(State(account=1, now=NOW, windows=windows), INFO.settings, THE_ACCOUNT, rule.name)
    (wake,) = rule.until_wakes.values()
    moment = wake(Facts(view, Results(view, rule), Changes(view, rule)))
    return None if moment is None else (moment - NOW) // MINUTE


@pytest.mark.parametrize(
    ("until", "minutes_ago", "expected"),
    [
        ("count(entries over last 1h) < most", [50, 40, 30], 10),
        ("count(entries over last 1h) < most", [50, 40, 30, 20, 5], 30),
        ("count(entries over last 1h) < most", [50, 40], None),
        ("count(entries over last 1h) <= most", [50, 40, 30, 20], 10),
        ("most > count(entries over last 1h)", [50, 40, 30, 20], 20),
        ("calm", [50, 40, 30, 20], 20),
        ("busy == 0", [50, 40, 30], 10),
        ("account.can_trade and busy < most", [50, 40, 30, 20], 10),
    ],
)
def test_the_end_is_when_enough_entries_have_left(until: str, minutes_ago: list[int], expected: int) -> None:
    assert end(until, minutes_ago) == expected
