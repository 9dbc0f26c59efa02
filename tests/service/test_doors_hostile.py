"""Hostile messages at the three doors of a running guard: no crash, no change, memory flat.

A few hundred by default; ten thousand at each run of `poe nightly`.
"""

import os
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.doors.limits import DoorName

HOSTILE = runpy.run_path(str(Path(__file__).with_name("hostile.py")))
Open = Callable[..., Any]
RIGHT = "correct horse battery"


def knock(step: Any, most: int, seed: int) -> dict[str, int]:
    """Send so many messages to all doors in turn; return how often each answer came."""
    streams = [HOSTILE["messages"](door, seed + place) for place, door in enumerate(DoorName)]
    codes: dict[str, int] = {}
    for number in range(most):
        door = list(DoorName)[number % 3]
        message, is_ended = next(streams[number % 3])
        answer = step.raw(door.value, message, end=is_ended)
        code = "ok" if answer.get("ok") else answer.get("code", "no answer")
        codes[code] = codes.get(code, 0) + 1
    return codes


def megabytes() -> float:
    """Return what this process holds of memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def must_stand(doors_in: Open, most: int, seed: int) -> tuple[dict[str, int], float]:
    """Knock, and see that nothing happened but answers. Return the answers and how memory grew."""
    step = doors_in(seconds=0.2, rows=60)
    step.password.set(RIGHT)
    step.publisher.write()
    knock(step, 300, seed + 1_000)  # what is loaded once is loaded now
    before, locks = megabytes(), {number: state.locks for number, state in step.states().items()}
    codes = knock(step, most, seed)
    grown = megabytes() - before
    assert codes.get("failed", 0) == 0, "the guard made a mistake"
    after = {number: dict(state.locks) for number, state in step.states().items()}
    for number, held in after.items():
        assert set(locks[number]) <= set(held)
        assert all(lock.by == "trader" for lock in held.values()), "only tighter, and only by the trader"
    assert not step.bench.alarms.active()
    assert step.ask("view", "ping")["ok"]
    assert step.ask("trader", "ping")["ok"]
    return codes, grown


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_hostile_messages_change_nothing(doors_in: Open) -> None:
    codes, grown = must_stand(doors_in, 900, seed=1)

    assert codes["bad_request"] > 300
    assert grown < 10


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_ten_thousand_hostile_messages_change_nothing(
    doors_in: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    codes, grown = must_stand(doors_in, 10_000, seed=2)

    with capsys.disabled():
        print(f"\n10,000 hostile messages: {codes}, memory {grown:+.1f} MB")  # noqa: T201  the figure is what one runs it for
    assert grown < 20
