"""Running rule tests: which files a path stands for, restarts, reloads, facts that are set or unknown."""

from pathlib import Path

import pytest

from dsl.rule_tests.runner import files_of, render, run_tests

RULESET = "ruleset: demo\ndsl: 1\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\n"
HEAD = "test: probe\nstart: 2025-03-07 09:00 America/Chicago\ncases:\n  - case: goes\n    steps:\n"
SLOW = """\
rule: probe
title: t
mode: off
scope: position
when: position.quantity > 1 contract
for: 30s
then:
  - close: position
message: m
"""
BROKER = """\
rule: probe
title: t
mode: enforce
scope: account
when: not account.can_trade
if_unknown: hold
then:
  - lock: account
    until: account.can_trade
message: m
"""
OPEN_LOSS = """\
rule: probe
title: t
mode: enforce
scope: account
when: account.open_loss >= $100
if_unknown: no_increase
then:
  - flatten: account
message: m
"""


def goes(folder: Path, rule: str, *steps: str) -> str:
    """Run the steps against a rule and return what is said about them."""
    tests = folder / "demo" / "tests"
    tests.mkdir(parents=True)
    (folder / "demo" / "ruleset.yaml").write_text(RULESET)
    (folder / "demo" / "probe.yaml").write_text(rule)
    (tests / "probe.test.yaml").write_text(HEAD + "".join(f"      - {step}\n" for step in steps))
    return render(run_tests(folder))


GOOD = "1 passed, 0 failed in 1 file\n"


def test_a_timer_keeps_its_place_through_a_restart_and_a_reload(tmp_path: Path) -> None:
    steps = (
        "09:00:00 open ES long 2 at 6000.00 -> pending 30s",
        "09:00:10 restart",
        "09:00:15 reload demo/probe.yaml",
        "09:00:29",
        "09:00:30 -> close ES",
    )

    assert goes(tmp_path, SLOW, *steps) == GOOD


def test_a_reload_of_a_changed_rule_decides_by_the_new_text(tmp_path: Path) -> None:
    (tmp_path / "quick").mkdir()
    (tmp_path / "quick" / "probe.yaml").write_text(SLOW.replace("30s", "5s"))

    steps = (
        "09:00:00 open ES long 2 at 6000.00 -> pending 30s",
        "09:00:10 reload quick/probe.yaml -> pending 5s",
        "09:00:15 -> close ES",
    )
    assert goes(tmp_path, SLOW, *steps) == GOOD


def test_what_the_venue_says_can_be_set_and_be_unknown(tmp_path: Path) -> None:
    steps = (
        "09:05 set account.can_trade false   -> lock account",
        "09:06 order ES buy 1                -> refused",
        "09:07 set account.can_trade unknown -> unknown",
        "09:08 set account.can_trade true    -> unlock account",
    )

    assert goes(tmp_path, BROKER, *steps) == GOOD


def test_a_stale_quote_is_unknown_until_the_next_price(tmp_path: Path) -> None:
    steps = (
        "09:05 open ES long 1 at 6000.00",
        "09:06 stale ES 2s",
        "+500ms price ES 5999.00",
        "09:08 stale ES 10s         -> unknown, lock account",
        "09:09 order MES buy 1      -> refused",
        "09:10 price ES 5998.25     -> unlock account",
        "09:11 price ES 5998.00     -> flatten account",
    )

    assert goes(tmp_path, OPEN_LOSS, *steps) == GOOD


def test_closing_by_hand_books_what_the_prices_say(tmp_path: Path) -> None:
    rule = OPEN_LOSS.replace("account.open_loss", "day.realized_loss")
    steps = (
        "09:05 open ES short 2 at 6000.00",
        "09:06 close ES 1 at 6001.00",
        "09:07 close ES at 6000.75",
        "09:08 trade MNQ -$12",
        "09:09 trade MNQ -$1         -> flatten account",
    )

    assert goes(tmp_path, rule, *steps) == GOOD


@pytest.mark.parametrize("path", ["", "demo", "demo/tests", "demo/probe.yaml", "demo/tests/probe.test.yaml"])
def test_a_path_stands_for_its_tests(tmp_path: Path, path: str) -> None:
    goes(tmp_path, SLOW, "09:05 restart")

    assert files_of(tmp_path / path) == [tmp_path / "demo/tests/probe.test.yaml"]
