"""One run of the fault matrix: four accounts in four phases, a fault, and what must hold afterwards; read with `runpy`."""

import json
import sqlite3
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import requests

MNQ = "CON.F.US.MNQ.Z26"
CLOSE = "/api/Position/closeContract"
FIRST = 9_120_001
IDLE, OPEN = FIRST, FIRST + 1
RIGHT_AGAIN = 5.0
LASTS = 1.2
"""Seconds: everything must be right so soon after a fault that lasted so long."""

RULES = Path(__file__).with_name("rules")


class Matrix:
    """One venue and one guard for several faults; each fault takes one fresh account to break its limit."""

    def __init__(self, desk: Any, faults: dict[str, Any]) -> None:
        self.desk = desk
        self.faults = faults
        self.sim = desk.sim
        self.fresh = iter(range(FIRST + 3, FIRST + 3 + len(faults)))
        self.locked = FIRST + 2
        files = {path.name: path.read_text() for path in RULES.iterdir()}
        desk.furnish({"limits": files}, {FIRST + n: "limits" for n in range(3 + len(faults))})
        self.guard = desk.watch()
        self.sim.place(self.locked, "MNQ", "buy", 3)
        desk.until(lambda: self.is_shut(self.locked), 8.0)

    def run(self, name: str) -> str:
        """Run one fault through all phases and return its row of the table."""
        breaking = next(self.fresh)
        numbers = (IDLE, OPEN, breaking, self.locked)
        self.sim.place(OPEN, "MNQ", "buy", 1, stopTicks=80, targetTicks=160)
        self.desk.until(lambda: len(self.sim.state(OPEN)["working"]) == 2 and self.agrees(OPEN), 8.0)
        before = {number: len(self.sim.state(number)["trades"]) for number in numbers}
        asked = {number: self.closes(number) for number in numbers}

        self.faults[name](self.sim)
        began = time.monotonic()
        for number, size in zip(numbers, (1, 1, 3, 1), strict=True):
            self.sim.place(number, "MNQ", "buy", size)
        while time.monotonic() - began < LASTS:
            time.sleep(0.02)
        self.clear()

        took = self.right_again(numbers)
        time.sleep(0.3)
        for number in numbers:
            self.judge(name, number, before[number])
        requests = [self.closes(number) - asked[number] for number in numbers]
        self.after(breaking)
        assert all(0.0 <= seconds <= RIGHT_AGAIN for seconds in took), f"{name}: {took}"
        cells = "  ".join(f"{seconds:>4.1f} s {count}" for seconds, count in zip(took, requests, strict=True))
        return f"{name:<34} {cells}"

    def clear(self) -> None:
        """Let everything go right again; a venue that is restarting has to come back first."""
        deadline = time.monotonic() + 5
        while True:
            try:
                self.sim.control("/sim/faults/clear")
            except requests.ConnectionError:
                assert time.monotonic() < deadline, "the venue never came back"
                time.sleep(0.02)
            else:
                return

    def right_again(self, numbers: tuple[int, ...]) -> list[float]:
        """Return after how many seconds each account was right again; -1 when it was not in time."""
        started, took = time.monotonic(), dict.fromkeys(numbers, -1.0)
        while time.monotonic() - started < RIGHT_AGAIN + 1 and -1.0 in took.values():
            for number in numbers:
                if took[number] < 0 and self.is_right(number):
                    took[number] = time.monotonic() - started
            time.sleep(0.03)
        return list(took.values())

    def is_right(self, number: int) -> bool:
        return self.agrees(number) if number in (IDLE, OPEN) else self.is_shut(number)

    def agrees(self, number: int) -> bool:
        """Say whether positions, orders and the day's result are at the guard as they are at the venue."""
        row, state = self.guard.account(number), self.sim.state(number)
        held = {one["contract"]: one["size"] for one in row.get("positions", [])}
        orders = {one["id"] for one in row.get("orders", [])}
        return (
            held == self.desk.positions(number)
            and orders == {*state["working"], *state["suspended"]}
            and Decimal(row["balance"]) == state["account"]["balance"]
            and result_told(row) == result_at(state)
        )

    def is_shut(self, number: int) -> bool:
        state, row = self.sim.state(number), self.guard.account(number)
        is_flat = state["flat"] and not state["working"] and not state["suspended"] and state["trades"]
        return bool(is_flat and row.get("locks") and self.agrees(number))

    def judge(self, name: str, number: int, before: int) -> None:
        """Look at what happened at the venue: nothing but what the trader did, and one close for each of his entries."""
        state = self.sim.state(number)
        trades = sorted(state["trades"], key=lambda trade: trade["id"])[before:]
        sides = [(trade["side"], trade["size"]) for trade in trades]
        if number in (IDLE, OPEN):
            assert sides == [(0, 1)], f"{name}: the guard traded in an account that broke nothing: {sides}"
            return
        held = lowest = 0
        for side, size in sides:
            held += size if side == 0 else -size
            lowest = min(lowest, held)
        assert (held, lowest) == (0, 0), f"{name}: {sides}"
        self.no_blind_close(name, number)

    def no_blind_close(self, name: str, number: int) -> None:
        """Between two close requests of one account the guard must have looked, been told, or got a plain no."""
        with closing(sqlite3.connect(f"file:{self.guard.home}/data/state.sqlite?mode=ro", uri=True)) as store:
            rows = store.execute(
                "SELECT event FROM journal WHERE account = ? ORDER BY seq", (number,)
            ).fetchall()
            query = "SELECT body FROM audit WHERE kind = 'command' AND account = ?"
            bodies = [json.loads(body) for (body,) in store.execute(query, (number,))]
        closes = {body["id"] for body in bodies if body["is"] in ("ClosePosition", "ReducePosition")}
        assert closes, f"{name}: {number} was closed by somebody else"
        has_looked = True
        for event in (json.loads(text) for (text,) in rows):
            is_refused = event["is"] == "CommandAnswered" and event["answer"] == "refused"  # nothing was done
            if is_refused or event["is"] in ("SnapshotTaken", "PositionSeen"):
                has_looked = True
            elif event["is"] == "CommandSent" and event["command"] in closes:
                assert has_looked, f"{name}: {number} was closed again by {event} without looking"
                has_looked = False

    def closes(self, number: int) -> int:
        return self.guard.log().count(f"{CLOSE} for account {number}:")

    def after(self, breaking: int) -> None:
        """Let the trader go home; who broke the limit is the locked one of the next fault."""
        for number in (IDLE, OPEN):
            self.sim.control("/sim/cancel", {"account": number})
            self.desk.until(lambda n=number: not self.sim.state(n)["working"], 3.0)
            self.sim.control("/sim/close", {"account": number, "contract": "MNQ"})
        self.locked = breaking
        self.desk.until(lambda: all(self.sim.state(n)["flat"] and self.agrees(n) for n in (IDLE, OPEN)), 8.0)


def result_told(row: dict[str, Any]) -> Decimal | None:
    """Return what the guard counted as the day's loss, gains as zero."""
    gauge = next((rule for rule in row.get("rules", []) if rule["name"] == "ledger"), None)
    return Decimal(gauge["value"]) if gauge and gauge["value"] is not None else None


def result_at(state: dict[str, Any]) -> Decimal:
    """Return the day's loss as the venue's own fills add up to."""
    rows = [trade for trade in state["trades"] if not trade["voided"]]
    net = sum(
        ((row["profitAndLoss"] or 0) - row["fees"] - (row.get("commissions") or 0) for row in rows),
        Decimal(0),
    )
    return max(-net, Decimal(0))
