"""Attacks that do not touch the guard: its key revoked at the venue, trades from elsewhere; and root, who may stop it."""

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess

ALICE = 9120345
Start = Callable[..., Any]


def locked(guard: Any, sim: SimulatorProcess, eventually: Start) -> dict[str, Any]:
    """Break the rule of two contracts and return the lock."""
    sim.place(ALICE, "MNQ", "buy", 3)
    [held] = eventually(lambda: guard.account()["locks"], 20.0, say=guard.log)
    eventually(lambda: sim.state(ALICE)["flat"], 20.0, say=guard.log)
    return dict(held)


def trail(home: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the bodies of one kind in the audit trail."""
    assert run(["admin", "audit", "--json", "--kind", kind, "--home", str(home)]) == 0
    return [json.loads(line)["body"] for line in capsys.readouterr().out.splitlines()]


def tell(home: Path, address: str) -> None:
    (home / "notify.yaml").write_text("people:\n  partner: {}\n")
    (home / "secrets" / "partner.notify").write_text(f"{address}\n")
    (home / "secrets" / "partner.notify").chmod(0o600)


def test_a_revoked_key_leaves_the_lock_and_is_told(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Start,
    eventually: Start,
    receiver: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = house.home(sim)
    tell(home, receiver.address)
    guard = guard_in(home)
    guard.ready()
    held = locked(guard, sim, eventually)

    sim.control("/sim/settings", {"login_code": 3})
    sim.control("/sim/faults/logout")

    eventually(lambda: guard.account()["links"]["login"]["is_live"] is False, 60.0, say=guard.log)
    assert "BLIND" in eventually(lambda: guard.alarms().get("blind:alice"), 60.0, say=guard.log)
    assert [(one["id"], one["until"]) for one in guard.account()["locks"]] == [(held["id"], held["until"])]
    eventually(lambda: "the guard needs somebody to look" in receiver.titles(), 30.0, say=guard.log)
    guard.kill()

    again = guard_in(home)  # with a lock to hold a refused login ends no start
    eventually(lambda: "login:main" in again.alarms() and again.account()["locks"], 60.0, say=again.log)
    assert [(one["id"], one["until"]) for one in again.account()["locks"]] == [(held["id"], held["until"])]
    eventually(
        lambda: again.acts("gap"), 60.0, say=again.log
    )  # it needs the venue's time, which a refusal has too
    again.stop()
    logins = [json.loads(body) for body in trail(home, "login", capsys)]
    assert {one["is_live"] for one in logins} == {True, False}
    assert trail(home, "gap", capsys)


def test_a_trade_from_elsewhere_under_a_lock_is_closed(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(house.home(sim))
    guard.ready()
    locked(guard, sim, eventually)
    trades = len(sim.state(ALICE)["trades"])

    sim.place(ALICE, "MES", "sell", 1)  # at the platform's own screen: no request of ours, no key of ours

    eventually(lambda: guard.acts("reentry"), 20.0, say=guard.log)
    eventually(lambda: sim.state(ALICE)["flat"] and len(sim.state(ALICE)["trades"]) == trades + 2, 20.0)


def test_a_stop_by_root_is_in_the_trail_told_at_once_and_a_gap_afterwards(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Start,
    eventually: Start,
    receiver: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = house.home(sim)
    tell(home, receiver.address)
    guard = guard_in(home)
    guard.ready()
    held = locked(guard, sim, eventually)
    eventually(lambda: "the guard is running" in receiver.titles(), 30.0, say=guard.log)

    guard.process.send_signal(signal.SIGTERM)
    guard.process.communicate(timeout=30)
    eventually(lambda: "the guard was stopped: nobody is guarding" in receiver.titles(), 10.0)
    assert len(trail(home, "stop", capsys)) == 1
    time.sleep(11)  # a stop that was wanted counts as a gap once it is longer than ten seconds

    again = guard_in(home)
    again.ready()
    [gap] = eventually(lambda: again.acts("gap"), 30.0, say=again.log)
    assert "the guard was not running for" in gap["text"]
    assert [(one["id"], one["until"]) for one in again.account()["locks"]] == [(held["id"], held["until"])]
    eventually(lambda: "alice was not guarded" in receiver.titles(), 30.0, say=again.log)
    assert len(trail(home, "gap", capsys)) == 1
