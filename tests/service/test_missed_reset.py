"""A reset that came while no guard was running: applied before anything is judged, with the gap written down."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from connectors.simulator.child import SimulatorProcess

ALICE = 9120345


def test_a_lock_until_a_reset_that_was_missed_ends_at_the_start_and_the_gap_is_told(
    house: Any, sim: SimulatorProcess, guard_in: Callable[..., Any], eventually: Callable[..., Any]
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    lock = eventually(lambda: guard.account()["locks"], 10, say=guard.log)[0]
    eventually(lambda: sim.state(ALICE)["flat"], 10)
    guard.kill()
    sim.control("/sim/clock", {"advance": 10 * 3600})  # 09:00 becomes 19:00, the reset was at 17:00

    again = guard_in(home)
    again.ready()

    eventually(lambda: not again.account()["locks"], 20, say=again.log)
    (gap,) = eventually(lambda: again.acts("gap"), 15, say=again.log)
    (unlock,) = again.acts("unlock")
    assert "was not running for" in gap["text"]
    away = datetime.fromisoformat(gap["at"]) - datetime.fromisoformat(gap["since"])
    assert 9.9 * 3600 < away.total_seconds() < 10.1 * 3600
    assert datetime.fromisoformat(unlock["at"]) > datetime.fromisoformat(lock["until"])
    sim.place(ALICE, "MNQ", "buy", 2)
    eventually(lambda: again.account()["positions"], 10, say=again.log)
    assert not again.acts("reentry"), "after the reset the trader is free again"
