"""What the language finds to measure in a condition, and the words it finds for it."""

from textwrap import dedent

import pytest

from dsl.pipeline import compile_rule
from dsl.problems import Source
from dsl.ruleset_build import default_info
from engine.rule import Gauge, Rule


def rule(when: str, *, scope: str = "account", more: str = "") -> Rule:
    text = dedent(
        """\
        rule: tried
        title: Tried
        mode: enforce
        scope: {scope}
        params:
          limit: $500
          keep: 60%
          hours: {{tz: America/Chicago, days: [MON, TUE], hours: 08:30..15:00}}
        {more}
        when: >
          {when}
        then:
          - warn: trader
        message: Stop.
        """
    ).format(scope=scope, when=when, more=more)
    made, problems = compile_rule(Source("tried.yaml", text), default_info("demo"), {})
    assert made is not None, [problem.message for problem in problems]
    return made


def gauge(when: str, *, scope: str = "account", more: str = "") -> Gauge | None:
    return rule(when, scope=scope, more=more).tiers[0].gauge


@pytest.mark.parametrize(
    ("scope", "when", "label"),
    [
        ("account", "account.open_loss >= limit", "open loss"),
        ("account", "limit <= account.open_loss", "open loss"),
        ("account", "day.total_loss >= limit", "lost today"),
        ("account", "day.total_profit >= limit", "made today"),
        ("account", "day.realized_loss >= limit", "closed losses today"),
        ("account", "fallback(day.total_loss, day.realized_loss) >= limit", "lost today"),
        ("account", "loss(sum(pnl of fills over week)) >= limit", "closed losses this week"),
        ("account", "count(entries over last 1h) >= 3", "trades this hour"),
        ("account", "count(entries over last 1m) >= 3", "trades this minute"),
        ("account", "count(entries over session) >= 3", "trades this session"),
        ("account", "count(entries over last 10m) >= 3", "trades in the last 10m"),
        ("account", "count(trades over trading_day) >= 3", "closed trades today"),
        ("account", "streak(trades where pnl < $0 over trading_day) >= 3", "losing trades in a row"),
        ("account", "streak(trades where pnl > $0 over trading_day) >= 3", "winning trades in a row"),
        ("account", "account.gross_contracts > 5 contracts", "contracts held"),
        ("position", "position.profit_ticks >= 10 ticks", "ticks ahead"),
        ("position", "position.age >= 10m", "time in the position"),
    ],
)
def test_a_gauge_has_a_traders_words(scope: str, when: str, label: str) -> None:
    found = gauge(when, scope=scope)

    assert found is not None
    assert found.label == label


@pytest.mark.parametrize(
    ("reset", "label"),
    [
        ("reset: trading_day", "closed losses today"),
        ("reset: {cron: 0 17 * * *}", "closed losses today"),
        ("reset: {cron: 0 17 * * FRI}", "closed losses since the reset"),
        ("reset: {cron: 0 * * * *}", "closed losses since the reset"),
    ],
)
def test_since_a_daily_reset_is_called_today(reset: str, label: str) -> None:
    found = gauge("loss(sum(pnl of fills since reset)) >= limit", more=reset)

    assert found is not None
    assert found.label == label


@pytest.mark.parametrize(
    ("scope", "when", "label"),
    [
        ("position", "position.total_profit <= position.peak_profit * keep", "given back"),
        ("position", "position.peak_profit * keep >= position.total_profit", "given back"),
        ("position", "position.total_profit <= position.peak_profit - limit", "given back"),
        (
            "account",
            "account.equity <= max(account.equity since start) - limit",
            "below the highest equity since the start",
        ),
    ],
)
def test_of_a_floor_below_a_peak_the_way_down_is_measured(scope: str, when: str, label: str) -> None:
    found = gauge(when, scope=scope)

    assert found is not None
    assert (found.label, found.unit) == (label, "money")


@pytest.mark.parametrize(
    "when",
    [
        "account.equity <= $49,000",
        "account.open_loss > $0",
        "count(entries over session) == 3",
        "account.can_trade",
        "outside(hours)",
    ],
)
def test_where_nothing_is_measured_against_a_bound_there_is_no_gauge(when: str) -> None:
    assert gauge(when) is None


def test_of_several_comparisons_the_last_is_measured_and_the_others_arm_it() -> None:
    both = gauge("account.open_loss >= limit and count(entries over session) >= 3")
    guarded = gauge("account.can_trade and account.open_loss >= limit and not account.is_locked")

    assert both is not None
    assert (both.label, both.is_count, both.armed is not None) == ("trades this session", True, True)
    assert guarded is not None
    assert (guarded.label, guarded.is_count, guarded.armed) == ("open loss", False, None)


def test_each_branch_of_an_or_is_measured_armed_by_what_stands_before_it() -> None:
    found = gauge("account.can_trade and (account.open_loss >= limit or count(entries over session) >= 3)")
    behind = gauge("account.open_loss >= $5 and (not account.can_trade or day.total_loss >= limit or 1 == 2)")

    assert found is not None
    assert (found.label, [other.label for other in found.others]) == ("open loss", ["trades this session"])
    assert behind is not None
    assert (behind.label, behind.others) == ("lost today", ())
    assert behind.armed is not None


def test_what_only_a_closed_trade_tells_is_marked() -> None:
    of_trade = gauge("trade.loss >= limit", scope="trade")
    of_all = gauge("streak(trades where pnl < $0 over trading_day) >= 3", scope="trade")

    assert of_trade is not None
    assert of_trade.of_trade
    assert of_all is not None
    assert not of_all.of_trade


@pytest.mark.parametrize(
    ("when", "closes"),
    [
        ("outside(hours)", True),
        ("not inside(hours)", True),
        ("outside(hours) and account.gross_contracts > 0", True),
        ("inside(hours)", False),
        ("account.open_loss >= limit", False),
    ],
)
def test_only_rules_that_keep_hours_say_when_these_end(when: str, closes: bool) -> None:
    assert (rule(when).tiers[0].closes is not None) == closes


def test_a_written_gauge_without_a_label_gets_the_words_of_its_value() -> None:
    made = rule("account.can_trade", more="gauge: {value: day.total_loss, limit: limit}")

    assert made.gauge is not None
    assert (made.gauge.label, made.gauge.unit) == ("lost today", "money")
    assert made.tiers[0].gauge is None
