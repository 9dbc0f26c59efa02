"""Each fault of the venue in each phase of an account, against the real daemon: right again, nothing doubled or lost.

Four accounts are in the four phases at the same time: `idle` (the trader buys one while the fault lasts), `open` (holds
one under a stop, buys one more), `in flight` (breaks its limit just as the fault begins), `locked` (enters anew). Waits
for the venue are a tenth of the usual, so five seconds cover what thirty would: a lost event is found by the next poll.
"""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
import requests

MNQ = "CON.F.US.MNQ.Z26"
CLOSE = "/api/Position/closeContract"
FIRST = 9_120_001
IDLE, OPEN = FIRST, FIRST + 1
PHASES = ("idle", "open", "in flight", "locked")
RIGHT_AGAIN = 5.0

RULESET = """\
ruleset: limits
dsl: 1
mode_ceiling: enforce
tz: America/Chicago
trading_day: 17:00
calendar: cme
"""
MAX_TWO = """\
rule: max_two
title: At most two contracts
mode: enforce
scope: account
params:
  limit: 2 contracts
when: account.gross_contracts > limit
reset:
  cron: 0 17 * * *
  tz: America/Chicago
then:
  - flatten: account
  - lock: account
    until: reset
message: You hold {account.gross_contracts}.
"""
LEDGER = """\
rule: ledger
title: What the fills of the day lost
mode: warn
scope: account
params:
  limit: $90,000
let:
  lost: loss(sum(pnl of fills since reset))
when: lost >= limit
reset:
  cron: 0 17 * * *
  tz: America/Chicago
then:
  - warn: trader
message: You lost {lost}.
"""

Arm = Callable[[Any], object]


def rest(kind: str, seconds: float = 0.0, **more: object) -> Arm:
    body = {"kind": kind, "path": "", "times": 10_000, "seconds": seconds, **more}
    return lambda sim: sim.control("/sim/faults/rest", body)


def hub(**switches: object) -> Arm:
    return lambda sim: sim.control("/sim/faults/hub", switches)


def cut(how: str, **switches: object) -> Arm:
    """End the connections; with `switches` new ones fare badly, too."""
    wall = switches or {"refuse_status": 503}
    return lambda sim: (sim.control("/sim/faults/hub", wall), sim.control("/sim/faults/cut", {"how": how}))


def post(path: str, **body: object) -> Arm:
    return lambda sim: sim.control(path, body)


FAULTS: dict[str, tuple[Arm, bool]] = {  # and whether it belongs to the quick half
    "REST answers 429": (rest("status", status=429), True),
    "REST answers 429, Retry-After 1": (rest("status", status=429, retry_after=1), False),
    "REST answers 500": (rest("status", status=500), True),
    "REST answers 502": (rest("status", status=502), False),
    "REST answers 401": (rest("status", status=401), True),
    "REST answers garbage, executed": (rest("garbage"), True),
    "REST cut before execution": (rest("drop_before"), False),
    "REST cut after execution": (rest("drop_after"), True),
    "REST hangs before execution": (rest("hang_before", 1.5), False),
    "REST hangs after execution": (rest("hang_after", 1.5), True),
    "REST slow": (rest("slow", 0.6), False),
    "hubs reset": (cut("reset"), True),
    "hubs end (FIN)": (cut("fin"), False),
    "hubs end with close frame": (cut("close_frame"), False),
    "hubs end with close record": (cut("close_record"), False),
    "hubs end for good": (cut("close_for_good"), False),
    "hubs mute (deaf)": (hub(mute=True), True),
    "hubs frozen (half-open)": (hub(frozen=True), True),
    "upgrade refused with 401": (cut("reset", refuse_status=401), False),
    "upgrade hangs": (cut("reset", hang_upgrade=True), False),
    "no handshake": (cut("reset", no_handshake=True), True),
    "handshake refused": (cut("reset", refuse_handshake=True), False),
    "no completions": (cut("reset", no_completions=True), False),
    "20 events lost": (hub(drop=20), True),
    "200 events doubled": (hub(duplicate=200), True),
    "50 events out of order": (hub(reorder=50), False),
    "events 0.8 s late": (hub(delay_ms=800), False),
    "logout by the venue": (post("/sim/faults/logout"), True),
    "logout, tokens live on": (post("/sim/faults/logout", keep_tokens=True), False),
    "tokens expired": (post("/sim/faults/expire_tokens"), True),
    "venue restarts (1.2 s)": (post("/sim/faults/restart", seconds=1.2), False),
    "malformed frames": (post("/sim/faults/send", text='{"type":1,"target":"GatewayUserOrder"}'), False),
    "ids as text": (post("/sim/faults/odd", string_ids=True), False),
    "REST lags 0.8 s": (post("/sim/faults/odd", rest_lag_ms=800), False),
}
LASTS = 1.2
NAMES = tuple(FAULTS)
GROUPS = 6


class Matrix:
    """One venue and one guard for several faults; each fault takes one fresh account to break its limit."""

    def __init__(self, desk: Any, faults: list[str]) -> None:
        self.desk = desk
        self.sim = desk.sim
        self.fresh = iter(range(FIRST + 3, FIRST + 3 + len(faults)))
        self.locked = FIRST + 2
        files = {"ruleset.yaml": RULESET, "max_two.yaml": MAX_TWO, "ledger.yaml": LEDGER}
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

        FAULTS[name][0](self.sim)
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


@pytest.mark.parametrize("group", range(GROUPS))
def test_after_each_fault_in_each_phase_everything_is_right_again(
    group: int, desk_with: Callable[[int], Any], is_nightly: bool, record_property: Callable[[str, str], None]
) -> None:
    chosen = [name for name in NAMES if is_nightly or FAULTS[name][1]][group::GROUPS]
    matrix = Matrix(desk_with(3 + len(chosen)), chosen)
    rows = [matrix.run(name) for name in chosen]
    head = f"{'fault':<34} " + "  ".join(f"{phase:<8}" for phase in PHASES)
    title = "table:seconds until right again after the fault, and close requests"
    record_property(title, "\n".join([head, *rows] if group == 0 else rows))
