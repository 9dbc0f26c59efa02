"""A start while the venue cannot be reached: what was stored is shown as that, more can be locked, nothing comes free."""

from collections.abc import Callable
from typing import Any

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from service.asking import ask

ALICE = 9120345
Start = Callable[..., Any]


def ends_of(guard: Any) -> list[str]:
    return sorted(lock["end"] for lock in guard.account()["locks"])


def started(guard: Any, wait: Callable[..., Any]) -> None:
    """Wait until this process, not one before it, says that it runs and cannot reach the venue."""
    wait(lambda: guard.status()["daemon"]["pid"] == guard.process.pid, 30.0, say=guard.log)
    wait(lambda: "unreachable:main" in guard.alarms(), 30.0, say=guard.log)


def test_stored_locks_hold_and_grow_while_the_venue_cannot_be_reached_and_nothing_comes_free(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start, capsys: Any
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: sim.state(ALICE)["flat"] and guard.account()["locks"], 20, say=guard.log)
    balance = str(sim.state(ALICE)["account"]["balance"])
    eventually(lambda: float(guard.account()["balance"]) == float(balance), 20, say=guard.log)
    guard.kill()
    sim.control("/sim/faults/rest", {"kind": "drop_before", "path": "", "times": 1_000_000})
    sim.control("/sim/faults/hub", {"refuse_status": 503})
    sim.control("/sim/clock", {"advance": 10 * 3600})  # the lock is over, but nobody can tell the guard

    again = guard_in(home)
    started(again, eventually)

    shown = again.account()
    assert ends_of(again) == ["17:00 CST"]
    assert (shown["is_confirmed"], shown["way"], float(shown["balance"])) == (False, "none", float(balance))
    assert shown["verdict"]["level"] == "locked"
    assert "was stored before the guard started and is not confirmed" in shown["verdict"]["text"]
    assert again.status()["clock"]["source"] == "unconfirmed"
    assert not any(one["is_live"] for rule in shown["rules"] for one in rule["inputs"])
    assert run(["status", "--check", "--home", str(home)]) == 1
    assert run(["status", "--home", str(home)]) == 0
    screen = " ".join(capsys.readouterr().out.split())
    assert "NOT CONFIRMED: what is shown was stored before the guard started" in screen
    assert "exchange Tue 2026-11-17 09:00" in screen
    assert "(not confirmed)" in screen

    own = ask(home, "trader", "lock", account="alice", until="20h")["lock"]
    eventually(lambda: len(again.account()["locks"]) == 2, 5.0, say=again.log)
    again.kill()
    last = guard_in(home)
    started(last, eventually)
    assert own in [lock["id"] for lock in last.account()["locks"]]
    assert len(last.account()["locks"]) == 2

    sim.place(ALICE, "MNQ", "buy", 1)
    sim.control("/sim/faults/clear")
    last.ready()
    eventually(lambda: sim.state(ALICE)["flat"], 20.0, say=last.log)
    eventually(lambda: [lock["id"] for lock in last.account()["locks"]] == [own], 20.0, say=last.log)
    sold = sum(trade["size"] for trade in sim.state(ALICE)["trades"] if trade["side"] == 1)
    assert sold == 4, "the entry under her own lock is closed, once"
    last.stop()
