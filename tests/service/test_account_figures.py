"""What only people know: an account's own figures, and holidays that the shipped calendar does not have."""

from pathlib import Path

import pytest

from dsl.render import render_text
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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("account.start_balanc: $50,000", "did you mean `start_balance`?"),
        ("account.start_balance: 50000", "is not an amount I understand"),
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
