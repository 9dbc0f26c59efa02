"""What the real guard does in which order at a start after a kill, read from what it left behind: never judged too early."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.simulator.child import SimulatorProcess
from service.asking import ask

ALICE, BOB, MNQ = 9120345, 9087711, "MNQ"
Start = Callable[..., Any]
LOSS = """\
rule: daily_loss
title: Loss of the day
mode: enforce
scope: account
params:
  limit: $2000
let:
  lost: loss(sum(pnl of fills since reset))
when: lost >= limit
if_unknown: no_increase
then:
  - flatten: account
  - lock: account
    until: reset
reset:
  cron: 0 17 * * *
  tz: America/Chicago
message: You have lost {lost}, the limit is {limit}. Closed until {lock.until}.
"""
EVENING = """\
rule: evening
title: Nobody trades with this much in the evening
mode: enforce
scope: account
when: account.balance >= $148,000 and clock >= 18:00
then:
  - flatten: account
reset:
  cron: 0 17 * * *
  tz: America/Chicago
message: Not in the evening.
"""


@dataclass(frozen=True)
class Row:
    seq: int
    kind: str
    account: int | None
    body: dict[str, Any]


def rows(home: Path, table: str, after: int) -> list[Row]:
    query = {
        "journal": "SELECT seq, kind, account, event FROM journal WHERE seq > ? AND kind != 'QuoteSeen'",
        "decisions": "SELECT seq, kind, account, decision FROM decisions WHERE seq > ?",
    }[table]
    with closing(sqlite3.connect(home / "data" / "state.sqlite")) as connection:
        found = connection.execute(f"{query} ORDER BY seq, rowid", (after,)).fetchall()
    return [Row(seq, kind, account, json.loads(body)) for seq, kind, account, body in found]


def lose(sim: SimulatorProcess, account: int, wait: Callable[..., Any], points: int, contracts: int) -> None:
    """Buy, let the market fall, and sell; then bring the market back."""
    sim.place(account, MNQ, "buy", contracts)
    (held,) = wait(lambda: sim.state(account)["positions"], 10)
    price = float(held["averagePrice"])
    sim.price(MNQ, price - points)
    sim.place(account, MNQ, "sell", contracts)
    wait(lambda: sim.state(account)["flat"], 10)
    sim.price(MNQ, price)


@dataclass
class Night:
    """A guard that was killed at 09:00 and started at 19:00, and what it left behind. `own`, `bobs`: locks before."""

    home: Path
    own: str
    bobs: str
    first: dict[str, Any]
    log: str
    journal: list[Row]
    decisions: list[Row]
    accounts: dict[str, dict[str, Any]]


def a_night(house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start) -> Night:
    home = house.home(sim, alice=ALICE, bob=BOB)
    (home / "rulesets" / "limits" / "daily_loss.yaml").write_text(LOSS)
    (home / "rulesets" / "limits" / "evening.yaml").write_text(EVENING)
    guard = guard_in(home)
    guard.ready("alice")
    guard.ready("bob")
    lose(sim, ALICE, eventually, 600, 1)  # $1,200 before the reset
    sim.place(BOB, MNQ, "buy", 3)  # locked until the reset
    bobs = eventually(lambda: guard.account("bob")["locks"], 20, say=guard.log)[0]["id"]
    eventually(lambda: sim.state(BOB)["flat"] and not guard.account("bob")["positions"], 20, say=guard.log)
    own = ask(home, "trader", "lock", account="alice", until="20h")["lock"]
    guard.kill()
    last = rows(home, "journal", 0)[-1].seq
    written = len((home / "logs" / "daemon.log").read_text())
    sim.control("/sim/clock", {"advance": 10 * 3600})  # the reset of 17:00 was missed
    lose(sim, ALICE, eventually, 600, 1)  # $1,200 after it: under the limit, unless yesterday's counts
    lose(sim, BOB, eventually, 600, 2)  # $2,400 after it: over the limit, if the venue's trades count
    sim.place(ALICE, MNQ, "buy", 1)  # against her own lock
    sim.place(BOB, MNQ, "buy", 1)

    # A login that takes a second: long enough to see what the new guard shows before it.
    sim.control(
        "/sim/faults/rest", {"kind": "slow", "seconds": 1.0, "path": "/api/Auth/loginKey", "times": 1}
    )
    again = guard_in(home)
    first = eventually(lambda: published(again), 30, say=again.log)
    again.ready("alice")
    again.ready("bob")
    eventually(lambda: sim.state(ALICE)["flat"] and sim.state(BOB)["flat"], 20, say=again.log)
    eventually(lambda: bobs not in [lock["id"] for lock in again.account("bob")["locks"]], 20)
    accounts = {name: again.account(name) for name in ("alice", "bob")}
    again.stop()
    log = (home / "logs" / "daemon.log").read_text()[written:]
    return Night(
        home, own, bobs, first, log, rows(home, "journal", last), rows(home, "decisions", last), accounts
    )


def published(guard: Any) -> dict[str, Any]:
    """Return the status as this process published it, {} as long as it did not."""
    document: dict[str, Any] = guard.status()
    return document if document.get("daemon", {}).get("pid") == guard.process.pid else {}


def test_locks_then_the_venue_then_its_own_trades_and_only_then_a_verdict(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    night = a_night(house, sim, guard_in, eventually)

    # 1. The locks are there before anything is connected, and what is shown is not confirmed.
    shown = {account["name"]: account for account in night.first["accounts"]}
    assert [lock["id"] for lock in shown["alice"]["locks"]] == [night.own]
    assert [lock["id"] for lock in shown["bob"]["locks"]] == [night.bobs]
    assert not any(one["is_confirmed"] or one["links"]["login"]["is_live"] for one in shown.values())
    assert night.log.index("events replayed") < night.log.index("start, last seen at")
    assert night.log.index("start, last seen at") < night.log.index("login is live")

    # 2. The guard says that it starts and arms the rules, then it connects, then it reads every account.
    kinds = [row.kind for row in night.journal]
    assert kinds[:4] == ["GuardStarted", "RulesArmed"] * 2
    logins = [row.body.get("link") == "login" and row.body["is_live"] for row in night.journal]
    assert logins.index(True) < kinds.index("InstrumentsSeen") < kinds.index("SnapshotTaken")
    views = {row.account: row for row in reversed(night.journal) if row.kind == "SnapshotTaken"}

    # 3. Nothing is decided before an account's own view, which brings the venue's trades; with it, everything is.
    for account in (ALICE, BOB):
        seqs = [row.seq for row in night.decisions if row.account == account]
        assert min(seqs) == views[account].seq
        assert views[account].body["fills"], "the counters come from the venue's own trades"
    decided = {(row.account, row.kind, row.body["rule"], row.seq) for row in night.decisions}
    assert (BOB, "breach", "daily_loss", views[BOB].seq) in decided
    assert (ALICE, "reentry", "voluntary", views[ALICE].seq) in decided

    assert "evening" not in {rule for _, _, rule, _ in decided}, "the stored balances would have broken it"

    # 4. The missed reset came first: yesterday's loss counts nowhere, and the lock until it is over.
    assert (ALICE, "daily_loss") not in {(account, rule) for account, _, rule, _ in decided}
    (value,) = [rule["value"] for rule in night.accounts["alice"]["rules"] if rule["name"] == "daily_loss"]
    assert 1_200 < float(value) < 1_220
    assert [lock["id"] for lock in night.accounts["alice"]["locks"]] == [night.own]
    (lock,) = night.accounts["bob"]["locks"]
    assert (lock["rule"], lock["end"]) == ("daily_loss", "Wed 17:00 CST")
