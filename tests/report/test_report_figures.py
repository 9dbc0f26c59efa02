"""What a report says in numbers."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cli.app import run
from cli.command_line import app

RUNNER = CliRunner()


def reported(home: Path, *more: str) -> dict[str, Any]:
    ended = RUNNER.invoke(app, ["report", "--home", str(home), "--json", *more])
    assert ended.exit_code == 0, ended.output
    document: dict[str, Any] = json.loads(ended.stdout)
    return document


def test_the_net_result_is_the_sum_of_all_fills_and_trades_are_counted_won_and_lost(home: Path) -> None:
    [account] = reported(home)["accounts"]

    assert account["figures"]["net"] == "-0.22"
    assert (account["figures"]["won"], account["figures"]["lost"], account["figures"]["own"]) == (1, 1, 1)
    assert account["figures"]["profit_factor"] == "0.98"


def test_what_the_guard_closed_is_played_on_at_the_days_prices(home: Path) -> None:
    """Two long contracts closed at 21010; bids 21009, 20995 and 21006 followed: $0.50 a quarter point and contract."""
    [account] = reported(home)["accounts"]

    [row] = account["left_alone"]
    assert (row["size"], row["rules"]) == (2, ["max_contracts"])
    assert (row["at_end"], row["worst"], row["best"]) == ("-16.00", "-60.00", "-4.00")
    assert account["saved"] == "16.00"


def test_a_short_is_played_on_at_the_ask(home: Path) -> None:
    path = home / "status" / "days" / "2026-11-24.jsonl"
    path.write_text(path.read_text().replace('"side": "sell", "size": 2', '"side": "buy", "size": 2'))

    [row] = reported(home)["accounts"][0]["left_alone"]

    assert (row["size"], row["at_end"]) == (-2, "15.00")


def test_a_voided_fill_and_trade_count_no_more(home: Path) -> None:
    path = home / "status" / "days" / "2026-11-24.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    voided = [row | {"voided": True} for row in rows if row.get("id") in (3, 4)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows + voided))

    [account] = reported(home)["accounts"]

    assert account["figures"]["net"] == "9.26"
    assert account["figures"]["trades"] == 1
    assert account["left_alone"] == []


def test_a_week_and_a_month_take_in_their_days_and_a_day_without_anything_is_told(
    home: Path, capsys: Any
) -> None:
    assert reported(home, "--week", "--date", "2026-11-27")["first"] == "2026-11-23"
    assert reported(home, "--month", "--date", "2026-11-01")["last"] == "2026-11-30"

    code = run(["report", "--home", str(home), "--date", "2026-11-20"])

    assert code == 5
    assert "there is nothing for 2026-11-20" in capsys.readouterr().err


def test_lines_that_cannot_be_read_are_counted_and_said(home: Path) -> None:
    path = home / "status" / "days" / "2026-11-24.jsonl"
    path.write_text(path.read_text() + '{"kind": "fill", "account": "alice", "size": []}\nnonsense\n')

    assert reported(home)["unreadable_lines"] == 2
