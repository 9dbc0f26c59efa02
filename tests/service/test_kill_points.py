"""The real daemon killed at every named point of an enforcement, then started again: nothing lost, nothing doubled."""

import signal
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service.store.opening import open_database
from service.store.proof import first_break

ALICE = 9120345

POINTS = [
    ("loop.after_step", 9),
    ("store.before_commit", 9),
    ("store.after_commit", 9),
    ("snapshot.before_commit", 1),
    ("enforcer.before_request", 2),
    ("enforcer.after_request", 2),
    ("enforcer.before_request", 1),
    ("enforcer.after_request", 1),
]


@pytest.mark.parametrize(("point", "passing"), POINTS)
def test_a_kill_at_any_point_ends_flat_locked_and_closed_once(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    point: str,
    passing: int,
) -> None:
    home = house.home(sim)
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: sim.state(ALICE)["positions"], 5.0)
    dying = guard_in(home, RISK_FAILPOINT=f"{point}:{passing}")
    assert dying.process.wait(timeout=30) == -signal.SIGKILL

    again = guard_in(home)
    again.ready()

    eventually(lambda: sim.state(ALICE)["flat"] and not sim.state(ALICE)["working"], 20.0, say=again.log)
    account = eventually(
        lambda: again.account() if again.account()["locks"] and not again.account()["positions"] else None,
        20.0,
        say=again.log,
    )
    assert [lock["end"] for lock in account["locks"]] == ["17:00 CST"]
    sold = [trade for trade in sim.state(ALICE)["trades"] if trade["side"] == 1]
    assert sum(trade["size"] for trade in sold) == 3
    assert not [code for code in again.alarms() if code.startswith(("recovery", "halted", "engine"))], (
        again.log()
    )
    again.stop()
    with closing(open_database(home / "data" / "state.sqlite")) as connection:
        assert first_break(connection) is None
