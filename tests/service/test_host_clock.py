"""The host's clock is turned by hours and days, and its zone changed, while a lock runs: its end does not move."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ALICE = 9120345
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
PAUSE = 16
"""Seconds of the lock that is waited for."""

TURNS = ("+86400", "-86400", "+3600", "-3600", "+0")

pytestmark = pytest.mark.skipif(
    LIBRARY is None,
    reason="libfaketime is not installed (Debian: apt-get install faketime): clocks not turned",
)


class Turned:
    """A guard whose host clock the test turns while it runs. Only the host's clock: the one since boot cannot be set."""

    def __init__(self, guard: Any) -> None:
        self.guard = guard
        self.offset = guard.home / "offset"

    def start(self, offset: str, zone: str) -> "Turned":
        self.turn(offset)
        environment = {
            "PYTHONPATH": str(ROOT),
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": zone,
        }
        self.guard.process = subprocess.Popen(
            [sys.executable, str(HERE / "faked_child.py"), str(self.guard.home)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stderr=subprocess.PIPE,
        )
        return self

    def turn(self, offset: str) -> None:
        """Put the host's clock off by so many seconds, for the running process too."""
        fresh = self.offset.with_suffix(".part")
        fresh.write_text(f"{offset}\n")
        fresh.replace(self.offset)

    def host_offset(self) -> float:
        return float(self.guard.status()["clock"]["offset_s"])


@pytest.fixture
def turned_in(house: Any, guard_in: Callable[..., Any]) -> Callable[..., Turned]:
    def make(home: Path, offset: str = "+0", zone: str = "America/Chicago") -> Turned:
        guard = guard_in(home)
        guard.kill()
        return Turned(guard).start(offset, zone)

    return make


def pausing(home: Path) -> None:
    """Let the rule pause for some seconds, so that the end of a lock can be waited for."""
    rule = home / "rulesets" / "limits" / "max_two.yaml"
    text = rule.read_text().replace("  - lock: account\n    until: reset\n", f"  - cooldown: {PAUSE}s\n")
    assert "cooldown" in text
    rule.write_text(text)


def test_a_lock_ends_to_the_second_while_the_hosts_clock_is_turned_back_and_forth(
    house: Any, sim: SimulatorProcess, turned_in: Callable[..., Turned], eventually: Callable[..., Any]
) -> None:
    home = house.home(sim)
    pausing(home)
    turned = turned_in(home)
    guard = turned.guard
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    lock = eventually(lambda: guard.account()["locks"], 10, say=guard.log)[0]
    started, seen, before = (
        time.monotonic(),
        set(),
        turned.host_offset(),
    )  # the venue lives at a time of its own

    for turn in TURNS:
        turned.turn(turn)
        deadline = time.monotonic() + PAUSE / 8
        while time.monotonic() < deadline:
            now = guard.account()["locks"]
            if now:
                assert now[0]["until"] == lock["until"], f"the end moved with the clock at {turn}"
            seen.add(round((turned.host_offset() - before) / 100) * 100)
            time.sleep(0.2)

    unlock = eventually(lambda: guard.acts("unlock"), 30, say=guard.log)[0]
    waited = time.monotonic() - started
    late = (datetime.fromisoformat(unlock["at"]) - datetime.fromisoformat(lock["until"])).total_seconds()
    print(  # noqa: T201
        f"lock of {PAUSE} s: ended {late:.3f} s after its end by the venue's time, {waited:.1f} s by a stopwatch"
    )
    assert {86400, -86400, 3600, -3600} <= seen, "the guard's host clock really was turned"
    assert 0 <= late < 1
    assert waited >= PAUSE - 3, "from when it was seen in the status"


@pytest.mark.parametrize(
    ("offset", "zone"),
    [
        ("+86400", "Asia/Tokyo"),
        ("-86400", "Pacific/Kiritimati"),
        ("+3600", "UTC"),
        ("-3600", "America/St_Johns"),
    ],
)
def test_a_restart_under_another_clock_and_zone_keeps_the_end_of_the_lock(
    house: Any,
    sim: SimulatorProcess,
    turned_in: Callable[..., Turned],
    eventually: Callable[..., Any],
    offset: str,
    zone: str,
) -> None:
    home = house.home(sim)
    first = turned_in(home)
    first.guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    before = eventually(lambda: first.guard.account()["locks"], 10, say=first.guard.log)
    base = first.host_offset()
    first.guard.kill()

    again = turned_in(home, offset, zone)
    again.guard.ready()
    eventually(lambda: abs(again.host_offset() - base - int(offset)) < 120, 10, say=again.guard.log)

    keys = ("id", "until", "end", "kind", "state")
    assert [{key: lock[key] for key in keys} for lock in again.guard.account()["locks"]] == [
        {key: lock[key] for key in keys} for lock in before
    ]
    assert before[0]["end"] == "17:00 CST"
    assert again.guard.account()["verdict"]["level"] == "locked"
