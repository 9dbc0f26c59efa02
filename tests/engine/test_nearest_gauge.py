"""Which gauge of a rule with several tiers is shown, and in which color."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.actions import LockEntries
from engine.rule import EarlyWarning, Gauge, RuleScope, Tier
from engine.units import MINUTE, SCALE, Duration
from engine.view import NOT_YET, GaugeReading, gauges

Levels = dict[str, tuple[int | None, int]]


def tier(name: str, levels: Levels, *, length: int = 0, is_count: bool = True, **more: Any) -> Tier:
    """Return a tier that fires at its limit and then locks for `length` minutes (0: not at all)."""

    def reached(facts: Any) -> bool | None:
        value, limit = levels[name]
        return None if value is None else value >= limit

    def then(facts: Any) -> tuple[Any, ...]:
        return (LockEntries("account", "for", Duration(length * MINUTE)),) if length else ()

    gauge = Gauge(
        lambda f: scaled(levels[name][0]), lambda f: scaled(levels[name][1]), "number", name, is_count
    )
    return Tier(name, reached, then, gauge=more.pop("gauge", gauge), **more)


def scaled(value: int | None) -> int | None:
    return None if value is None else value * SCALE


def read(lab: Any, *tiers: Tier, **more: Any) -> GaugeReading:
    rule = lab.rule("often", lambda facts: False, lambda facts: (), tiers=tiers, reads=lab.everything, **more)
    desk = lab.start(rule)
    (reading,) = gauges(desk.state, desk.rules)
    return reading


@pytest.mark.parametrize(
    ("levels", "shown", "color"),
    [
        ({"minute": (0, 3), "hour": (0, 10)}, "minute", "green"),
        ({"minute": (1, 3), "hour": (5, 10)}, "hour", "green"),
        ({"minute": (2, 3), "hour": (5, 10)}, "minute", "yellow"),
        ({"minute": (2, 3), "hour": (9, 10)}, "hour", "yellow"),
        ({"minute": (2, 3), "hour": (7, 10)}, "minute", "yellow"),
        ({"minute": (None, 3), "hour": (1, 10)}, "hour", "unknown"),
    ],
)
def test_the_tier_nearest_to_its_limit_is_shown(lab: Any, levels: Levels, shown: str, color: str) -> None:
    reading = read(lab, tier("minute", levels), tier("hour", levels))

    assert (reading.tier, reading.label, reading.color) == (shown, shown, color)


@pytest.mark.parametrize(
    ("levels", "shown", "color"),
    [
        ({"loss": (10, 100), "trades": (2, 10)}, "trades", "green"),
        ({"loss": (85, 100), "trades": (2, 10)}, "loss", "yellow"),
        ({"loss": (10, 100), "trades": (9, 10)}, "trades", "yellow"),
        ({"loss": (None, 100), "trades": (2, 10)}, "trades", "green"),
    ],
)
def test_of_an_or_the_branch_nearest_to_its_limit_is_shown(
    lab: Any, levels: Levels, shown: str, color: str
) -> None:
    loss, trades = (tier(name, levels, is_count=name == "trades").gauge for name in ("loss", "trades"))
    either = Tier("", lambda facts: False, lambda facts: (), gauge=replace(loss, others=(trades,)))

    reading = read(lab, either)

    assert (reading.label, reading.color) == (shown, color)


def test_a_breach_is_told_with_the_branch_that_broke(lab: Any) -> None:
    levels: Levels = {"loss": (10, 100), "trades": (9, 10)}
    loss, trades = (tier(name, levels, is_count=name == "trades").gauge for name in ("loss", "trades"))
    either = tier("trades", levels, gauge=replace(loss, others=(trades,)))
    rule = lab.rule("often", lambda facts: False, lambda facts: (), tiers=(either,), reads=lab.everything)
    desk = lab.start(rule)

    levels["trades"] = (11, 10)
    told = [one for one in desk.quote(lab.MNQ, 100).decisions if one.kind.value == "breach"]

    assert [(one.value, one.limit) for one in told] == [(11 * SCALE, 10 * SCALE)]


def test_a_rule_that_only_helps_breaks_nothing_while_it_is_at_work(lab: Any) -> None:
    at_work = tier("trail", {"trail": (5, 3)})

    assert read(lab, at_work, only_helps=True).color == "active"
    assert read(lab, at_work).color == "red"


def test_fractions_are_compared_exactly(lab: Any) -> None:
    huge = 10**18
    levels: Levels = {"first": (huge, 3 * huge), "second": (huge + 1, 3 * huge + 2)}

    assert read(lab, tier("first", levels), tier("second", levels)).tier == "second"


def test_the_tier_whose_lock_holds_longest_is_shown_with_its_end(lab: Any) -> None:
    levels: Levels = {"minute": (3, 3), "hour": (3, 3), "session": (3, 3)}

    reading = read(
        lab,
        tier("minute", levels, length=1),
        tier("hour", levels, length=28),
        tier("session", levels),
    )

    assert (reading.tier, reading.color, reading.is_locked) == ("hour", "red", True)
    assert reading.locked_until == lab.start().now + 28 * MINUTE


def test_what_its_author_wrote_stands_for_all_tiers(lab: Any) -> None:
    levels: Levels = {"minute": (3, 3), "hour": (1, 9)}
    own = Gauge(lambda f: 5 * SCALE, lambda f: 9 * SCALE, "money", "used")

    calm = read(lab, tier("hour", levels), gauge=own)
    locked = read(lab, tier("hour", levels), tier("minute", levels, length=1), gauge=own)

    assert (calm.tier, calm.label, calm.value) == ("", "used", 5 * SCALE)
    assert (locked.tier, locked.label, locked.value) == ("minute", "used", 5 * SCALE)


@pytest.mark.parametrize(
    ("value", "limit", "is_count", "color"),
    [
        (79, 100, False, "green"),
        (80, 100, False, "yellow"),
        (98, 100, True, "green"),
        (99, 100, True, "yellow"),
        (0, 1, True, "green"),
        (0, 0, False, "red"),
    ],
)
def test_without_a_warning_of_its_own_a_rule_is_yellow_at_80_percent_or_one_before(
    lab: Any, value: int, limit: int, is_count: bool, color: str
) -> None:
    assert read(lab, tier("only", {"only": (value, limit)}, is_count=is_count)).color == color


def test_a_rule_with_a_warning_of_its_own_is_yellow_only_by_it(lab: Any) -> None:
    levels: Levels = {"only": (9, 10)}
    silent, loud = (EarlyWarning(when, lambda f, c: "near") for when in (never, always))

    assert read(lab, tier("only", levels), warn=silent).color == "green"
    assert read(lab, tier("only", levels | {"only": (1, 10)}), warn=loud).color == "yellow"


def never(facts: Any) -> bool:
    return False


def always(facts: Any) -> bool:
    return True


def test_a_gauge_that_does_not_matter_yet_shows_no_numbers_and_is_not_near(lab: Any) -> None:
    waiting = Gauge(lambda f: 9 * SCALE, lambda f: 10 * SCALE, "money", "given back", armed=never)

    reading = read(lab, tier("only", {"only": (9, 10)}, gauge=waiting))

    assert (reading.value, reading.unit, reading.label, reading.color) == (None, "", NOT_YET, "green")


def test_between_trades_only_what_needs_no_trade_is_shown(lab: Any) -> None:
    levels: Levels = {"streak": (2, 3)}
    of_trade = Gauge(fails, fails, "money", "loss of the trade", of_trade=True)

    streak = read(lab, tier("streak", levels), scope=RuleScope.TRADE)
    loss = read(lab, tier("streak", levels, gauge=of_trade), scope=RuleScope.TRADE)

    assert (streak.value, streak.color) == (2 * SCALE, "yellow")
    assert (loss.value, loss.unit, loss.color) == (None, "", "green")


def fails(facts: Any) -> int:
    raise AssertionError("there is no trade to read")


@pytest.mark.parametrize(("broken", "closes_in"), [(never, 5 * MINUTE), (always, None)])
def test_hours_are_said_to_close_only_while_they_are_open(
    lab: Any, broken: Callable[[Any], bool], closes_in: int | None
) -> None:
    hours = Tier("", broken, lambda facts: (), closes=lambda facts: facts.now + 5 * MINUTE)

    reading = read(lab, hours)

    assert reading.closes_at == (None if closes_in is None else lab.start().now + closes_in)
