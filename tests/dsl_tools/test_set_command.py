"""`risk set`: one value changes, nothing else; what is wrong changes nothing at all."""

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tool = Callable[..., Any]


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    assert before.keys() == after.keys()
    found = []
    for name, content in before.items():
        changes = difflib.ndiff(content.decode().splitlines(), after[name].decode().splitlines())
        found += [line for line in changes if line[0] in "+-"]
    return found


@pytest.mark.parametrize(
    ("target", "value", "said", "lines"),
    [
        (
            "max_contracts.limit",
            "3 contracts",
            "5 contracts -> 3 contracts",
            [
                "-   limit: 5 contracts          # change this number only; long 2 and short 3 are 5",
                "+   limit: 3 contracts          # change this number only; long 2 and short 3 are 5",
            ],
        ),
        (
            "daily_unrealized_loss.hold",
            "2500ms",
            "0s -> 2500ms",
            [
                "-   hold: 0s                    # 2s would ignore a shorter spike",
                "+   hold: 2500ms                # 2s would ignore a shorter spike",
            ],
        ),
        (
            "daily_realized_loss.reset",
            "30 16 * * *",
            "0 17 * * * -> 30 16 * * *",
            ["-   cron: 0 17 * * *", "+   cron: 30 16 * * *"],
        ),
        (
            "daily_realized_loss.reset",
            "trading_day",
            "cron: 0 17 * * * tz: America/Chicago -> trading_day",
            ["- reset:", "-   cron: 0 17 * * *", "-   tz: America/Chicago", "+ reset: trading_day"],
        ),
        (
            "daily_unrealized_loss.reset",
            "*/30 * * * *",
            "trading_day -> */30 * * * *",
            ["- reset: trading_day", '+ reset: "*/30 * * * *"'],
        ),
        (
            "max_contracts_per_instrument.limits.ES",
            "2 contracts",
            "1 contract -> 2 contracts",
            ["-     ES: 1 contract", "+     ES: 2 contracts"],
        ),
        (
            "symbol_blocks.blocked",
            "[RTY,  CL]",
            "[RTY, NG] -> [RTY, CL]",
            None,
        ),
    ],
)
def test_a_value_changes_and_nothing_else(
    tool: Tool,
    starter: Path,
    content: Callable[[Path], dict[str, bytes]],
    target: str,
    value: str,
    said: str,
    lines: list[str] | None,
) -> None:
    before = content(starter)

    ended = tool("set", target, value)

    assert (ended.code, ended.out) == (0, f"{target}: {said}\n")
    changed = sorted(line.rstrip() for line in changed_lines(before, content(starter)))
    assert lines is None or changed == sorted(lines)


@pytest.mark.parametrize(
    ("target", "value", "said"),
    [
        ("max_contracts.limit", "3", "error[E201]: cannot compare contracts with plain number"),
        ("max_contracts.limit", "$300", "error[E2"),
        ("max_contracts.limit", "", "error[E0"),
        ("max_contracts.limit", "3 contracts # many", "error["),
        ("max_contracts.limit", "3 contracts\nmode: off", "error["),
        ("max_contracts.limt", "3 contracts", "did you mean `limit`?"),
        ("max_contract.limit", "3 contracts", "did you mean `max_contracts`?"),
        ("max_contracts", "3 contracts", "write `rule.parameter`"),
        ("max_contracts.limit.ES", "3 contracts", "`limit` has no row `ES`"),
        ("max_contracts.reset", "0 17 * * *", "this rule has no `reset:`"),
        ("daily_realized_loss.reset", "0 25 * * *", "error[E506]"),
        ("daily_realized_loss.reset", "0 17 31 2 *", "never happens"),
        ("max_contracts_per_instrument.limits.XX", "1 contract", "`limits` has no row `XX`"),
        ("symbol_blocks.blocked", "[$1,000]", "error["),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tool: Tool, starter: Path, content: Callable[[Path], dict[str, bytes]], target: str, value: str, said: str
) -> None:
    before = content(starter)

    ended = tool("set", target, value)

    assert ended.code == 1
    assert said in ended.err
    assert "nothing was changed" in ended.err
    assert content(starter) == before


def test_a_mistake_in_another_rule_of_the_set_stops_the_change(
    tool: Tool, starter: Path, content: Callable[[Path], dict[str, bytes]]
) -> None:
    (starter / "symbol_blocks.yaml").write_text("rule: symbol_blocks\n", encoding="utf-8")
    before = content(starter)

    assert tool("set", "max_contracts.limit", "3 contracts").code == 1
    assert content(starter) == before


def test_a_doubt_is_shown_but_does_not_stop_the_change(tool: Tool, starter: Path) -> None:
    ended = tool("set", "daily_realized_loss.warn_at", "120%")

    assert ended.code == 0
    assert "[A305]" in ended.err
    assert "warn_at: 120%" in (starter / "daily_realized_loss.yaml").read_text(encoding="utf-8")


def test_a_dry_run_checks_and_writes_nothing(
    tool: Tool, starter: Path, content: Callable[[Path], dict[str, bytes]]
) -> None:
    before = content(starter)

    ended = tool("set", "max_contracts.limit", "3 contracts", "--dry-run")

    assert (ended.code, content(starter)) == (0, before)


def test_a_bounded_parameter_is_changed_inside_its_braces(tool: Tool, starter: Path) -> None:
    path = starter / "max_unrealized_profit.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("target: $1,000", 'target: {value: $500, max: "$2,000"}'), encoding="utf-8")

    assert tool("set", "max_unrealized_profit.target", "$1,500").code == 0
    assert tool("set", "max_unrealized_profit.target", "$2,500").code == 1
    assert 'target: {value: "$1,500", max: "$2,000"}' in path.read_text(encoding="utf-8")


def test_a_link_stays_a_link_and_the_mode_of_the_file_stays(
    tool: Tool, starter: Path, tmp_path: Path
) -> None:
    real = tmp_path / "elsewhere.yaml"
    (starter / "max_contracts.yaml").rename(real)
    real.chmod(0o600)
    (starter / "max_contracts.yaml").symlink_to(real)

    assert tool("set", "max_contracts.limit", "2 contracts").code == 0
    assert (starter / "max_contracts.yaml").is_symlink()
    assert "limit: 2 contracts" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o600


def test_the_ruleset_is_the_one_named_or_the_only_one_in_sight(
    tool: Tool, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(starter.parent)

    assert tool("set", "max_contracts.limit", "2 contracts").code == 0
    assert tool("set", "max_contracts.limit", "4 contracts", "--ruleset", "starter").code == 0
    assert tool("set", "max_contracts.limit", "4 contracts", "--ruleset", "nowhere").code == 2
