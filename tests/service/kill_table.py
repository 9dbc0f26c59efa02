"""One run of the kill table: a breach, a kill at a named place, what became of the request, and a start again."""

import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service.store.opening import open_database
from service.store.proof import first_break

ALICE = 9120345
CLOSE = "closeContract"

OUTCOMES: dict[str, dict[str, Any]] = {
    "executed": {},
    "not executed": {"kind": "drop_before", "path": CLOSE, "times": 1},
    "refused": {"kind": "code", "path": CLOSE, "code": 2, "times": 1},
    "reply lost": {"kind": "drop_after", "path": CLOSE, "times": 1},
}
"""What becomes of the first request to close, as the simulator's control door is told."""

PASSINGS = {
    "store.before_commit": 3,
    "store.after_commit": 3,
    "loop.after_step": 3,
    "loop.after_hand": 2,
    "loop.after_told": 3,
    "enforcer.before_request": 2,
    "enforcer.after_request": 2,
    "snapshot.before_commit": 1,
}
"""How often each place is passed while the enforcement lasts: it is killed at each of these."""

FROM_THE_START = {"snapshot.before_commit"}
"""Places that are passed at a start, not in an enforcement: the position is there before the guard."""

TIDY = "nothing lost, nothing doubled"


@dataclass(frozen=True)
class Found:
    """What was there after the restart. `doubled`: contracts sold beyond the three that were bought."""

    lock: str
    held: str
    doubled: int
    store: str
    alarms: str

    @property
    def verdict(self) -> str:
        whole = Found("17:00 CST", "flat", 0, "verifies", "none")
        return TIDY if self == whole else f"NOT AS IT MUST BE: {self}"

    def drawn(self) -> tuple[str, ...]:
        return (self.lock, self.held, str(self.doubled), self.store, self.alarms)


COLUMNS = ("lock ends", "held", "doubled", "audit", "alarms")


def run(
    home: Path,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    place: tuple[str, int],
    outcome: str,
) -> Found:
    """Return what was found in the end."""
    name, passing = place
    mark = home / "now"
    is_early = name in FROM_THE_START
    if OUTCOMES[outcome]:
        sim.control("/sim/faults/rest", OUTCOMES[outcome])
    if is_early:
        sim.place(ALICE, "MNQ", "buy", 3)
        eventually(lambda: sim.state(ALICE)["positions"], 10.0)
    dying = guard_in(
        home, RISK_FAILPOINT=f"{name}:{passing}", RISK_FAILPOINT_FROM="" if is_early else str(mark)
    )
    if not is_early:
        dying.ready()
        mark.touch()
        sim.place(ALICE, "MNQ", "buy", 3)
    code = dying.process.wait(timeout=60)
    if code != -signal.SIGKILL:
        pytest.fail(f"the guard ended with {code} instead of being killed\n{dying.log()}")
    again = guard_in(home)
    again.ready()
    eventually(lambda: sim.state(ALICE)["flat"] and not sim.state(ALICE)["working"], 40.0, say=again.log)
    account = eventually(
        lambda: again.account() if again.account()["locks"] and not again.account()["positions"] else None,
        40.0,
        say=again.log,
    )
    eventually(lambda: _open(again) == [], 40.0, say=again.log)
    again.stop()
    return _found(home, sim, again, account)


def _open(guard: Any) -> list[str]:
    return [one["id"] for one in guard.account()["enforcements"] if one["progress"] != "proven"]


def _found(home: Path, sim: SimulatorProcess, again: Any, account: dict[str, Any]) -> Found:
    alarms = [
        code
        for code in again.alarms()
        if code.startswith(("recovery", "halted", "engine", "damaged", "audit"))
    ]
    sold = sum(trade["size"] for trade in sim.state(ALICE)["trades"] if trade["side"] == 1)
    with closing(open_database(home / "data" / "state.sqlite")) as connection:
        broken = first_break(connection)
    return Found(
        lock=", ".join(lock["end"] for lock in account["locks"]),
        held="flat" if sim.state(ALICE)["flat"] else str(sim.state(ALICE)["positions"]),
        doubled=sold - 3,
        store=broken or "verifies",
        alarms=", ".join(alarms) or "none",
    )
