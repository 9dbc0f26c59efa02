"""status/days: what a day looked like, each fill once, also after the guard was killed."""

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.simulator.child import SimulatorProcess
from service.daybook.pages import Page

ALICE = 9120345
FILL = {"kind": "fill", "at": "2026-11-24T15:00:00.000+00:00", "account": "alice", "id": 7, "voided": False}

Start = Callable[..., Any]


def lines(home: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted((home / "status" / "days").glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]


def test_a_breach_leaves_fills_a_trade_and_a_curve_and_a_restart_writes_nothing_twice(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    trades = eventually(lambda: [row for row in lines(home) if row["kind"] == "trade"], 10.0, say=guard.log)

    guard.kill()
    again = guard_in(home)
    again.ready()
    eventually(
        lambda: sum(row["kind"] == "sample" for row in lines(home)) > 1 and not again.account()["positions"],
        10.0,
    )
    again.stop()

    rows = lines(home)
    fills = [row for row in rows if row["kind"] == "fill"]
    assert {row["name"] for row in fills} == {"MNQZ6"}
    assert sum(row["size"] for row in fills if row["side"] == "buy") == 3
    assert sum(row["size"] for row in fills if row["is_own"]) == 3
    assert max(Counter(row["id"] for row in fills).values()) == 1
    assert len([row for row in rows if row["kind"] == "trade"]) == 1
    assert trades[0]["is_own"] is True
    assert Decimal(trades[0]["pnl"]) == sum(Decimal(row["net"]) for row in fills)
    assert any(row["marks"].get("MNQZ6") for row in rows if row["kind"] == "sample")
    assert [row["tick_value"] for row in rows if row["kind"] == "contract" and row["name"] == "MNQZ6"] == [
        "0.50"
    ]


def test_a_voided_fill_is_told_once_more_and_the_same_line_never(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-24.jsonl"
    first = Page(path)
    first.add(FILL)
    first.write()

    again = Page(path)
    again.add(FILL)
    again.add(FILL | {"voided": True})
    again.add(FILL | {"voided": True})
    again.write()

    assert [json.loads(line)["voided"] for line in path.read_text().splitlines()] == [False, True]


def test_a_half_written_line_of_a_killed_guard_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-24.jsonl"
    page = Page(path)
    page.add(FILL)
    page.write()
    with path.open("a") as file:
        file.write('{"kind": "fi')

    again = Page(path)
    again.add(FILL | {"id": 8})
    again.write()

    readable = [line for line in path.read_text().splitlines() if line.endswith("}") and line.startswith("{")]
    assert [json.loads(line)["id"] for line in readable] == [7, 8]
