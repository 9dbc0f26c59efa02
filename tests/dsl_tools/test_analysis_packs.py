"""Findings about a whole folder: two clocks for today, and nothing that acts."""

from pathlib import Path

import pytest

from dsl.pipeline import load_ruleset, validate
from dsl.render import render_text

RULE = """rule: {name}
title: t
mode: {mode}
scope: account
when: sum(pnl of fills since reset) <= 0 - $500
then:
  - flatten: account
  - lock: account
    until: reset
reset: {reset}
"""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("rulesets", "demo")
    (folder / "tests").mkdir(parents=True)
    (folder / "ruleset.yaml").write_text("ruleset: demo\ndsl: 1\ntrading_day: 18:00\n", encoding="utf-8")
    return folder


def write(folder: Path, name: str, mode: str = "enforce", reset: str = "trading_day") -> None:
    (folder / f"{name}.yaml").write_text(RULE.format(name=name, mode=mode, reset=reset), encoding="utf-8")
    (folder / "tests" / f"{name}.test.yaml").write_text("", encoding="utf-8")


def test_a_daily_reset_beside_another_trading_day_is_two_clocks(pack: Path) -> None:
    write(pack, "loss", reset="0 17 * * *")

    assert render_text(validate(pack)) == (
        'warning[A309]: there are two clocks for "today"\n'
        " --> rulesets/demo/loss.yaml:10:8\n"
        "   = because: `loss` starts afresh at 17:00, the trading day of the ruleset at 18:00\n"
        "   = help: write `reset: trading_day`, or change `trading_day:` in `ruleset.yaml`"
    )


def test_another_zone_is_another_clock(pack: Path) -> None:
    write(pack, "loss", reset="{cron: 0 18 * * *, tz: America/New_York}")

    assert "18:00 America/New_York, the trading day of the ruleset at 18:00 America/Chicago" in render_text(
        validate(pack)
    )


@pytest.mark.parametrize(
    "reset", ["trading_day", "0 18 * * *", "0 18 * * SUN-FRI", "0 * * * *", "0 17 * * SUN"]
)
def test_the_same_clock_or_no_clock_of_the_day_is_silent(pack: Path, reset: str) -> None:
    write(pack, "loss", reset=reset)

    assert not [problem for problem in validate(pack) if problem.code == "A309"]


def test_a_folder_in_which_all_rules_only_watch_enforces_nothing(pack: Path) -> None:
    write(pack, "loss", mode="shadow")
    write(pack, "other", mode="warn")

    assert render_text(validate(pack)) == (
        "warning[A310]: nothing is enforced\n"
        " --> rulesets/demo/loss.yaml:3:7\n"
        "   = because: none of the 2 rules is in `mode: enforce`\n"
        "   = help: write `mode: enforce` in the rules you trust"
    )


def test_a_ceiling_below_enforce_enforces_nothing(pack: Path) -> None:
    write(pack, "loss")
    (pack / "ruleset.yaml").write_text("ruleset: demo\ndsl: 1\nmode_ceiling: shadow\n", encoding="utf-8")

    said = render_text(validate(pack))

    assert "[A310]" in said
    assert "ruleset.yaml:3:15" in said


def test_one_rule_that_acts_is_enough(pack: Path) -> None:
    write(pack, "loss", mode="shadow")
    write(pack, "other")

    assert validate(pack) == []


def test_an_account_cannot_go_beyond_the_bounds_of_a_rule(pack: Path) -> None:
    (pack / "loss.yaml").write_text(
        RULE.format(name="loss", mode="enforce", reset="trading_day")
        .replace("when:", 'params:\n  limit: {value: $500, max: "$2,000"}\nwhen:')
        .replace("- $500", "- limit"),
        encoding="utf-8",
    )

    loaded = load_ruleset(pack, overrides={"loss.limit": "$5,000"})

    assert [problem.code for problem in loaded.problems] == ["E207"]
    assert loaded.ruleset is None


def test_findings_do_not_stop_a_ruleset_from_loading(pack: Path) -> None:
    write(pack, "loss", mode="shadow", reset="0 17 * * *")

    assert load_ruleset(pack).problems == []
