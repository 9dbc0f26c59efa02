"""A full disk during a breach: the account is flattened, the lock holds, people are told; with room all is whole again."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess

ALICE = 9120345


def mounted(folder: Path) -> bool:
    """Try to put a disk of five megabytes there."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=5m", "risk-test", str(folder)]
    return subprocess.run(mount, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    if not mounted(folder):
        pytest.skip("only root may mount a small disk on Linux: a full disk is not tried here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def fill(disk: Path) -> Path:
    """Leave not a byte of room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def test_a_full_disk_during_a_breach_leaves_the_account_flat_and_locked_and_is_told(
    disk: Path,
    house: Any,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    house.folder = disk
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    eventually(lambda: len(list((home / "status").glob(".status.json.spare-*"))) == 2, 10)
    filler = fill(disk)

    sim.place(ALICE, "MNQ", "buy", 3)

    eventually(lambda: sim.state(ALICE)["flat"] and sim.state(ALICE)["trades"], 10, say=guard.log)
    alarm = eventually(lambda: guard.alarms().get("store_failed"), 30, say=guard.log)
    assert "goes on from memory" in alarm
    locks = eventually(lambda: guard.account()["locks"], 10)
    assert run(["status", "--home", str(home)]) == 7
    assert "free some space" in capsys.readouterr().err
    sim.place(ALICE, "MNQ", "buy", 1)  # the lock is in force, although nothing of it is on the disk
    eventually(lambda: sim.state(ALICE)["flat"] and len(sim.state(ALICE)["trades"]) == 4, 15)

    filler.unlink()
    eventually(lambda: not {"store_failed", "log_failed"} & set(guard.alarms()), 40, say=guard.log)
    eventually(lambda: guard.acts("enforcement") and guard.acts("lock"), 15)
    guard.kill()
    again = guard_in(home)
    again.ready()
    assert again.account()["locks"] == locks
    assert not [code for code in again.alarms() if code.startswith(("recovery", "damaged", "audit"))]
    again.stop()
    assert run(["admin", "audit", "verify", "--home", str(home)]) == 0


def test_a_start_on_a_full_disk_holds_the_locks_and_closes_what_is_opened(
    disk: Path,
    house: Any,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
) -> None:
    house.folder = disk
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: guard.account()["locks"] and sim.state(ALICE)["flat"], 20, say=guard.log)
    guard.kill()
    filler = fill(disk)

    again = guard_in(home)
    again.ready()

    assert "17:00 CST" in [lock["end"] for lock in again.account()["locks"]]
    sim.place(ALICE, "MNQ", "buy", 1)
    eventually(lambda: sim.state(ALICE)["flat"] and len(sim.state(ALICE)["trades"]) == 4, 15)
    assert eventually(lambda: "store_failed" in again.alarms(), 20)
    filler.unlink()
    eventually(lambda: "store_failed" not in again.alarms(), 40, say=again.log)
    again.stop()


@pytest.mark.nightly
def test_writes_that_fail_in_the_middle_are_as_harmless(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
) -> None:
    """Every write of the database fails with EIO from one moment on, by `strace`; then it works again."""
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    command = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "trace=pwrite64",
        "-e",
        "inject=pwrite64:error=EIO",
        "-p",
        str(guard.process.pid),
    ]
    try:
        tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        pytest.skip("strace is not installed: failing writes are not tried here")
    try:
        eventually(lambda: "store_failed" in guard.alarms(), 40, say=guard.log)
        sim.place(ALICE, "MNQ", "buy", 3)
        eventually(lambda: sim.state(ALICE)["flat"] and sim.state(ALICE)["trades"], 30, say=guard.log)
        locks = eventually(lambda: guard.account()["locks"], 20, say=guard.log)
    finally:
        tracer.terminate()
        tracer.wait(20)
    eventually(lambda: "store_failed" not in guard.alarms(), 40, say=guard.log)
    guard.kill()
    again = guard_in(home)
    again.ready()
    assert again.account()["locks"] == locks
    again.stop()
    assert run(["admin", "audit", "verify", "--home", str(home)]) == 0
