"""Steps of rule tests: every form that the grammar promises, and what is said about what it is not."""

from pathlib import Path

import pytest
from lark import Lark

from dsl.problems import Problem, Source, Span
from dsl.rule_tests import steps, steps_reading
from dsl.rule_tests.steps import Clock, Expectation, Later
from dsl.rule_tests.steps_reading import read_step
from engine.units import HOUR, MINUTE, PRICE_SCALE, SCALE, SECOND, Duration, Money, Price
from engine.venue import Side

NINE = Clock(9 * HOUR)


def read(text: str) -> tuple[steps.Step | None, list[Problem]]:
    problems: list[Problem] = []
    return read_step(Span(Source("x.test.yaml", text), 0, len(text)), problems), problems


def price(whole: int) -> Price:
    return Price(whole * PRICE_SCALE)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("trade ES -$1,250.50", steps.Trade("ES", Money(-1_250_500_000))),
        ("open ES long 2 at 6000", steps.Open("ES", Side.BUY, 2, price(6000))),
        ("open 6E short 1 at 1.5", steps.Open("6E", Side.SELL, 1, Price(PRICE_SCALE * 3 // 2))),
        ("close ES at 6001.00", steps.Close("ES", None, price(6001))),
        ("close ESM5 1 at 6001", steps.Close("ESM5", 1, price(6001))),
        ("price ES 6005.00", steps.Quoted("ES", price(6005))),
        ("stop ES 5990.00", steps.Stop("ES", price(5990))),
        ("stop ES 5990.00 for 1", steps.Stop("ES", price(5990), 1)),
        ("stop ES none", steps.Stop("ES", None)),
        ("order ES buy 1", steps.PlaceOrder("ES", Side.BUY, 1, None)),
        ("order ES sell 1 at 6010", steps.PlaceOrder("ES", Side.SELL, 1, price(6010))),
        ("cancel ES", steps.CancelOrders("ES")),
        ("void", steps.Void()),
        ('news 09:30 "CPI"', steps.NewsItem(9 * HOUR + 30 * MINUTE, "CPI")),
        ("set account.can_trade false", steps.SetField("account.can_trade", value=False)),
        ("set account.balance $50,000", steps.SetField("account.balance", 50_000 * SCALE)),
        ("set account.balance unknown", steps.SetField("account.balance", None)),
        ("stale ES 10s", steps.Stale("ES", Duration(10 * SECOND))),
        ("restart", steps.Restart()),
        ("reload rulesets/demo/x.yaml", steps.Reload("rulesets/demo/x.yaml")),
    ],
)
def test_every_event_is_read(text: str, event: steps.Event) -> None:
    found, problems = read(f"09:00 {text} -> quiet")

    assert not problems
    assert found is not None
    assert (found.when, found.event, found.expects) == (NINE, event, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("warn", Expectation("warn")),
        ("pending 30s", Expectation("pending 30s")),
        ("pending 90s", Expectation("pending 1m30s")),
        ("unknown", Expectation("unknown")),
        ("refused", Expectation("refused")),
        ("flatten account", Expectation("flatten account")),
        ("flatten ES", Expectation("flatten ES")),
        ("close ES", Expectation("close ES")),
        ("reduce account to 1", Expectation("reduce account to 1")),
        ("cancel ES", Expectation("cancel ES")),
        ("lock account", Expectation("lock account")),
        ("lock ES buy until 17:00", Expectation("lock ES buy", Clock(17 * HOUR))),
        ("lock account until SUN 17:00", Expectation("lock account", Clock(17 * HOUR, 6))),
        ("lock account until manual", Expectation("lock account", "manual")),
        ("unlock account", Expectation("unlock account")),
        ("cooldown 5m", Expectation("cooldown 5m")),
        ("cooldown ES 1h", Expectation("cooldown ES 1h")),
        ("move_stop ES 6000.250", Expectation("move_stop ES 6000.25")),
        ("require_stop ES 5990.00", Expectation("require_stop ES 5990")),
    ],
)
def test_every_expectation_is_read(text: str, expected: Expectation) -> None:
    found, problems = read(f"09:00 -> {text}, warn")

    assert not problems
    assert found is not None
    assert found.expects == (expected, Expectation("warn"))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("09:00:30 void", Clock(9 * HOUR + 30 * SECOND)),
        ("SUN 17:00", Clock(17 * HOUR, 6)),
        ("+5s void", Later(Duration(5 * SECOND))),
    ],
)
def test_every_form_of_time_is_read(text: str, when: Clock | Later) -> None:
    found, _ = read(text)

    assert found is not None
    assert found.when == when


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("", "this step is not finished", ""),
        ("09:00 trade ES", "this step is not finished", "09:00 trade ES"),
        ("09:00 trde ES $1", "this step cannot be read from here on", "trde"),
        ("09:00 void -> refuse", "this step cannot be read from here on", "refuse"),
        ("24:00", "`24:00` is not a time of day; times go from 00:00 to 23:59:59", "24:00"),
        ("09:00 trade XX $1", "there is no contract called `XX`", "09:00 trade XX $1"),
        ("09:00 open ES long 0 at 6000", "`0` is not a number of contracts; contracts come whole", None),
        ("09:00 open ES long 1.5 at 6000", "`1.5` is not a number of contracts; contracts come whole", None),
        ("+1m2h void", "`1m2h` does not go from large units to small ones", None),
        (
            "09:00 set account.can_trade $5",
            "`account.can_trade` is set to `true` or `false` or `unknown`",
            None,
        ),
    ],
)
def test_a_step_that_cannot_be_is_shown_with_its_place(text: str, message: str, marked: str | None) -> None:
    found, problems = read(text)

    assert found is None
    assert [problem.message for problem in problems] == [message]
    assert problems[0].span.text == (text if marked is None else marked)


def test_a_field_that_follows_from_others_cannot_be_set() -> None:
    _, problems = read("09:00 set account.equity $5")

    assert problems[0].message.startswith("`account.equity` cannot be set; these can: account.can_trade, ")


def test_the_grammar_has_no_conflicts() -> None:
    pytest.importorskip("interegular", reason="lark's strict mode needs interegular")
    grammar = Path(steps_reading.__file__).with_name("steps.lark").read_text(encoding="utf-8")

    Lark(grammar, parser="lalr", strict=True)
