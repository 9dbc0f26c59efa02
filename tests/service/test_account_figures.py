"""What only people know: an account's own figures, and holidays that the shipped calendar does not have."""

from pathlib import Path

import pytest

from dsl.render import render_text
from engine.history_needed import history_needed
from engine.settings import NEVER_PAID
from engine.units import HOUR, SCALE, Instant
from service import rules_source
from service.home import Home
from service.settings import AccountSettings
from service.settings_read import read_home

SETTINGS = (Path(__file__).resolve().parents[2] / "service" / "examples" / "settings.yaml").read_text()
NOON = Instant(1_795_111_200_000_000)
"""2026-11-19 12:00 in Chicago, a Thursday without any exception."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "accounts").mkdir()
    (tmp_path / "settings.yaml").write_text(SETTINGS)
    return Home(tmp_path)


def account(home: Home, text: str) -> AccountSettings:
    (home.accounts / "alice.yaml").write_text(f"id: 12\nlogin: main\nmode: enforce\n{text}")
    read = read_home(home)
    assert read.settings is not None, render_text(list(read.problems))
    return read.settings.accounts[0]


def test_a_rule_that_reads_a_figure_nobody_typed_in_cannot_be_armed(home: Home) -> None:
    armed, problems = rules_source.load(home, account(home, "ruleset: topstep-combine-50k\n"))

    assert armed is None
    assert {problem.code for problem in problems} == {"S006"}
    assert "`account.operator_floor`" in render_text(problems)


def test_typed_figures_reach_the_rules_and_survive_being_kept(home: Home) -> None:
    text = "ruleset: topstep-combine-50k\nset:\n  account.start_balance: $50,000\n  account.operator_floor: $48,000\n"

    armed, problems = rules_source.load(home, account(home, text))

    assert armed is not None, render_text(problems)
    figures = dict(armed.rules.settings.figures)
    assert figures == {"start_balance": 50_000 * SCALE, "operator_floor": 48_000 * SCALE}
    assert "account.operator_floor" in armed.kept.overrides


PAID = """rule: paid
title: t
mode: enforce
scope: account
when: loss(sum(pnl of fills since payout)) >= $500
then:
  - cancel_orders: account
"""


def since_payout(home: Home, said: str) -> rules_source.Armed | None:
    """Return a ruleset of one rule that counts since the last payout, armed with what was said about it."""
    folder = home.rulesets / "paid"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ruleset.yaml").write_text("ruleset: paid\ndsl: 1\ntz: America/Chicago\n")
    (folder / "paid.yaml").write_text(PAID)
    return rules_source.load(home, account(home, f"ruleset: paid\n{said}"))[0]


@pytest.mark.parametrize(
    ("said", "payout"),
    [
        ("2026-11-19", Instant(NOON - 12 * HOUR)),
        ("2026-11-19 12:00", NOON),
        ("never", NEVER_PAID),
    ],
)
def test_the_last_payout_is_typed_in_as_a_day_a_time_or_never(home: Home, said: str, payout: Instant) -> None:
    armed = since_payout(home, f"set:\n  account.last_payout: {said}\n")

    assert armed is not None
    assert armed.rules.settings.payout == payout
    assert history_needed(armed.rules, Instant(NOON + 72 * HOUR), Instant(7)) == (payout or Instant(7))


def test_a_rule_since_a_payout_cannot_be_armed_before_somebody_said_when(home: Home) -> None:
    assert since_payout(home, "") is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("account.start_balanc: $50,000", "did you mean `start_balance`?"),
        ("account.start_balance: 50000", "is not an amount I understand"),
        ("account.last_payout: yesterday", "is not when a payout was"),
        ("account.last_payout: 2026-11-31", "is not when a payout was"),
    ],
)
def test_a_wrong_figure_is_told_with_its_place(home: Home, line: str, said: str) -> None:
    armed, problems = rules_source.load(home, account(home, f"ruleset: starter\nset:\n  {line}\n"))

    assert armed is None
    assert said in render_text(problems)
    assert "alice.yaml:6:" in render_text(problems)


def test_the_homes_holidays_close_the_market_and_are_kept_with_the_rules(home: Home) -> None:
    regular, _ = rules_source.load(home, account(home, "ruleset: starter\n"))
    home.holidays.write_text(
        'calendar: cme\nexceptions:\n  - {date: 2026-11-19, closes: "10:00", by: maria, reason: notice}\n'
    )

    early, problems = rules_source.load(home, account(home, "ruleset: starter\n"))

    assert regular is not None
    assert early is not None, render_text(problems)
    assert regular.rules.settings.calendar.market("ES").is_inside(NOON)
    assert not early.rules.settings.calendar.market("ES").is_inside(NOON)
    assert early.rules.settings.calendar.market("ES").is_inside(Instant(NOON - 3 * HOUR))
    assert "holidays.yaml" in early.kept.files
    assert early.kept.digest != regular.kept.digest


def test_broken_holidays_leave_the_rules_unread_and_say_where(home: Home) -> None:
    home.holidays.write_text(
        "calendar: cme\nexceptions:\n  - {date: 2026-13-40, closes: closed, by: m, reason: r}\n"
    )

    armed, problems = rules_source.load(home, account(home, "ruleset: starter\n"))

    assert armed is None
    assert "holidays.yaml:3:" in render_text(problems)
