"""A disk that does not give back what is in the store, or a store that cannot be opened, at the start of the real guard."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess

ALICE = 9120345
Start = Callable[..., Any]


@pytest.fixture
def locked_home(house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start) -> Path:
    """Return the home of a guard that was killed while a lock was in force."""
    home: Path = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: guard.account()["locks"] and sim.state(ALICE)["flat"], 20.0, say=guard.log)
    guard.kill()
    return home


@pytest.fixture
def guard_with_bad_reads(guard_in: Start, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], Any]:
    """Start guards for which reads of the store fail with EIO: `when` says which, as `strace` counts them."""

    def make(home: Path, when: str) -> Any:
        files = [part for end in ("", "-wal") for part in ("-P", str(home / "data" / f"state.sqlite{end}"))]
        inject = ["-e", "trace=pread64", "-e", f"inject=pread64:error=EIO:when={when}"]
        tracer = ["strace", "-f", "-D", "-qq", "-o", "/dev/null", *files, *inject]
        real = subprocess.Popen

        def traced(command: list[str], **more: Any) -> Any:
            return real([*tracer, *command] if command[0] == sys.executable else command, **more)

        with monkeypatch.context() as patched:
            patched.setattr(subprocess, "Popen", traced)
            return guard_in(home)

    trial = ["strace", "-qq", "-o", "/dev/null", "true"]
    try:
        can_trace = subprocess.run(trial, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        can_trace = False
    if not can_trace:
        pytest.skip("strace is not installed or may not trace: reads that fail are not tried here")
    return make


def told(home: Path, guard: Any) -> str:
    return f"{guard.log()} {sorted(path.name for path in (home / 'data').iterdir())}"


def test_reads_that_always_fail_leave_a_guard_that_locks_everything_and_says_what_to_do(
    locked_home: Path,
    guard_with_bad_reads: Callable[[Path, str], Any],
    guard_in: Start,
    eventually: Start,
    sim: SimulatorProcess,
) -> None:
    guard = guard_with_bad_reads(locked_home, "1+")
    guard.ready()
    lock = eventually(lambda: guard.account()["locks"], 10.0, say=guard.log)[0]
    sim.place(ALICE, "MNQ", "buy", 1)
    eventually(lambda: sim.state(ALICE)["flat"], 20.0, say=guard.log)
    alarms = guard.alarms()
    code = run(["status", "--home", str(locked_home)])
    guard.process.terminate()
    _, said = guard.process.communicate(timeout=20)

    assert lock["end"] == "manual"
    assert "state.sqlite cannot be read" in alarms["damaged:alice"]
    assert "the disk may be failing" in alarms["damaged:alice"]
    assert code == 7, "the memory of the guard cannot be written"
    assert b"Traceback" not in said
    assert "Traceback" not in guard.log()

    again = guard_in(locked_home)  # the disk is mended
    again.ready()
    ends = eventually(lambda: [one["end"] for one in again.account()["locks"]], 10.0, say=again.log)
    assert "manual" in ends
    assert told(locked_home, again).count("Traceback") == 0
    again.stop()


@pytest.mark.parametrize("when", ["1", "6", "24"])
def test_a_read_that_fails_once_is_tried_again_and_costs_nothing(
    locked_home: Path, guard_with_bad_reads: Callable[[Path, str], Any], eventually: Start, when: str
) -> None:
    guard = guard_with_bad_reads(locked_home, when)
    guard.ready()

    assert [one["end"] for one in guard.account()["locks"]] == ["17:00 CST"]
    assert not [code for code in guard.alarms() if code.startswith(("damaged", "recovery", "halted"))]
    assert "Traceback" not in guard.log()


@pytest.mark.nightly
@pytest.mark.parametrize("first", [2, 3, 5, 8, 13, 21, 26, 30, 34, 40])
def test_reads_that_fail_from_any_moment_on_lock_everything_or_cost_nothing(
    locked_home: Path, guard_with_bad_reads: Callable[[Path, str], Any], eventually: Start, first: int
) -> None:
    guard = guard_with_bad_reads(locked_home, f"{first}+")
    guard.ready()

    ends = eventually(lambda: [one["end"] for one in guard.account()["locks"]], 10.0, say=guard.log)
    alarms = guard.alarms()
    assert ends == ["17:00 CST"] or ("manual" in ends and "state.sqlite" in alarms["damaged:alice"]), alarms
    assert "Traceback" not in guard.log()


def test_a_store_that_another_program_holds_is_no_way_to_stand_without_a_guard(
    locked_home: Path, guard_in: Start, eventually: Start
) -> None:
    store = locked_home / "data" / "state.sqlite"
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        guard = guard_in(locked_home)
        text = eventually(lambda: guard.alarms().get("damaged:alice"), 40.0, say=guard.log)
        guard.ready()
        lock = guard.account()["locks"][0]
        other.execute("ROLLBACK")

    assert lock["end"] == "manual"
    assert "no other program holds the file" in text
    assert "restart the guard, or restore a backup" in text
    guard.kill()
    again = guard_in(locked_home)
    again.ready()
    ends = eventually(lambda: sorted(one["end"] for one in again.account()["locks"]), 10.0, say=again.log)
    assert ends == ["17:00 CST", "manual"], "what was stored before is there, and so is what came meanwhile"
    again.stop()
    assert run(["admin", "audit", "verify", "--home", str(locked_home)]) == 0


def test_a_first_start_that_cannot_make_a_store_ends_in_one_sentence(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    (home / "data").mkdir()
    (home / "data" / "state.sqlite").symlink_to("/proc/nowhere/state.sqlite")
    if os.name == "nt":
        pytest.skip("a file that cannot be made is made otherwise there")

    code, said = guard_in(home).end()

    assert code == 3
    assert "state.sqlite cannot be opened" in said
    assert said.count("\n") == 1
