"""One run of the kill table: a breach, a kill at a named place, what became of the request, and a start again."""

import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

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


def run(
    home: Path,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    place: tuple[str, int],
    outcome: str,
) -> str:
    """Return `TIDY`, or what was wrong."""
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
        return f"ended with {code} instead of being killed"
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
    return _verdict(home, sim, again, account)


def _open(guard: Any) -> list[str]:
    return [one["id"] for one in guard.account()["enforcements"] if one["progress"] != "proven"]


def _verdict(home: Path, sim: SimulatorProcess, again: Any, account: dict[str, Any]) -> str:
    ends = [lock["end"] for lock in account["locks"]]
    sold = sum(trade["size"] for trade in sim.state(ALICE)["trades"] if trade["side"] == 1)
    alarms = [
        code
        for code in again.alarms()
        if code.startswith(("recovery", "halted", "engine", "damaged", "audit"))
    ]
    with closing(open_database(home / "data" / "state.sqlite")) as connection:
        broken = first_break(connection)
    wrong = {
        f"locks end {ends}": ends != ["17:00 CST"],
        f"sold {sold} instead of 3": sold != 3,
        f"alarms {alarms}": bool(alarms),
        f"store: {broken}": broken is not None,
    }
    return "; ".join(text for text, is_so in wrong.items() if is_so) or TIDY
