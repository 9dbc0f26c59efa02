"""A guard that hangs, dies or is left alone: back within ten seconds with its locks, and the gap is written down."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ALICE = 9120345
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals; tests/windows does the same with a service"
)

Start = Callable[..., Any]


def lock(sim: SimulatorProcess, one: Any, eventually: Start) -> dict[str, Any]:
    """Break the rule of two contracts and return the lock."""
    eventually(one.is_guarding, 60.0, say=one.log)
    sim.place(ALICE, "MNQ", "buy", 3)
    [held] = eventually(lambda: one.account()["locks"], 10.0, say=one.log)
    eventually(lambda: sim.state(ALICE)["flat"], 10.0, say=one.log)
    return dict(held)


def ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def back(one: Any, before: int, eventually: Start) -> float:
    """Wait until another process guards; return how many seconds passed until that process was started."""
    started = time.monotonic()
    eventually(lambda: one.log().count("the guard runs as process") > 1, 30.0, say=one.log)
    seconds = time.monotonic() - started
    eventually(lambda: one.guard != before and one.is_guarding(), 60.0, say=one.log)
    return seconds


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_a_dead_or_stopped_guard_is_back_with_its_lock_and_the_gap_is_recorded(
    sim: SimulatorProcess, home: Path, hosted: Start, eventually: Start, blow: signal.Signals
) -> None:
    one = hosted(home)
    held = lock(sim, one, eventually)
    before = one.guard

    os.kill(before, blow)
    seconds = back(one, before, eventually)

    assert seconds < 10.0
    assert ended(before)
    [gap] = eventually(lambda: one.acts("gap"), 15.0, say=one.log)
    assert "not running" in gap["text"]
    assert [(row["id"], row["until"]) for row in one.account()["locks"]] == [(held["id"], held["until"])]
    assert "started again" in one.log()
    sim.place(ALICE, "MNQ", "buy", 1)
    eventually(lambda: sim.state(ALICE)["flat"] and one.acts("reentry"), 10.0, say=one.log)


def test_an_endless_loop_in_the_engine_is_ended_within_ten_seconds(
    sim: SimulatorProcess, home: Path, hosted: Start, eventually: Start
) -> None:
    one = hosted(home, RISK_FAILPOINT="enforcer.never:1")  # no such passing: nothing happens
    lock(sim, one, eventually)
    one.end()
    hangs = hosted(home, RISK_FAILPOINT="loop.after_step:40:hang")
    eventually(lambda: "hangs: process" in hangs.log(), 60.0, say=hangs.log)
    [line] = [text for text in hangs.log().splitlines() if "hangs: process" in text][:1]
    first = int(line.partition("process ")[2].split()[0])

    eventually(lambda: ended(first), 5.0)
    eventually(lambda: hangs.guard not in (0, first), 30.0, say=hangs.log)
    assert hangs.account()["locks"]


def test_a_guard_whose_parent_was_killed_ends_and_leaves_its_home_free(
    sim: SimulatorProcess, home: Path, hosted: Start, eventually: Start
) -> None:
    one = hosted(home)
    eventually(one.is_guarding, 60.0, say=one.log)
    guard = one.guard

    one.process.kill()
    one.process.wait()

    eventually(lambda: ended(guard), 10.0)
    again = hosted(home)
    eventually(lambda: again.guard != guard and again.is_guarding(), 60.0, say=again.log)


def test_a_wanted_stop_ends_both_within_seconds(
    sim: SimulatorProcess, home: Path, hosted: Start, eventually: Start
) -> None:
    one = hosted(home)
    eventually(one.is_guarding, 60.0, say=one.log)
    guard = one.guard

    started = time.monotonic()
    one.process.send_signal(signal.SIGTERM)
    code = one.process.wait(20)

    assert code == 0
    assert ended(guard)
    assert time.monotonic() - started < 8
    assert one.status()["daemon"]["state"] == "stopping"
