"""Programs laid out for the guard to run: modules where it starts, PYTHON* variables, a PATH of the attacker's."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.simulator.child import SimulatorProcess
from service.system.plan import plan_for

Start = Callable[..., Any]

MODULES = (
    "cli",
    "service",
    "engine",
    "json",
    "logging",
    "sitecustomize",
    "usercustomize",
    "threading",
    "lark",
)
PROGRAMS = ("python", "python3", "systemctl", "sh")


def lay_out(folder: Path, caught: Path) -> None:
    """Put modules and programs there that leave a mark when they are run."""
    folder.mkdir()
    code = f"open({str(caught)!r}, 'a').write(__name__ + ' ')\n"
    for name in MODULES:
        (folder / f"{name}.py").write_text(code)
    for name in PROGRAMS:
        (folder / name).write_text(f"#!/bin/bash\necho {name} >> {caught}\n")
        (folder / name).chmod(0o755)


def test_nothing_that_was_laid_out_for_the_guard_is_run(
    house: Any, sim: SimulatorProcess, tmp_path: Path, eventually: Start, left_by: Start
) -> None:
    home, caught, traps = house.home(sim), tmp_path / "caught", tmp_path / "traps"
    lay_out(traps, caught)
    for name in MODULES:
        (home / f"{name}.py").write_bytes((traps / f"{name}.py").read_bytes())  # the guard's own folder
    environment = {
        **os.environ,
        "PYTHONPATH": str(traps),
        "PYTHONSTARTUP": str(traps / "sitecustomize.py"),
        "PYTHONHOME": str(traps),
        "PYTHONUSERBASE": str(traps),
        "PATH": str(traps),
    }
    guard = left_by(home)

    with subprocess.Popen(
        plan_for(sys.platform, home).program, cwd=traps, env=environment, stderr=subprocess.PIPE
    ) as process:
        try:
            eventually(lambda: guard.account().get("synced_at"), 90.0, say=lambda: f"{process.poll()}")
            pid = guard.status()["daemon"]["pid"]
            assert pid != process.pid, "the guard itself is a process of its own, and as isolated"
        finally:
            process.terminate()
            process.communicate(timeout=30)

    assert not caught.exists(), caught.read_text()


def test_the_traps_would_have_caught_a_program_that_is_not_isolated(tmp_path: Path) -> None:
    caught, traps = tmp_path / "caught", tmp_path / "traps"
    lay_out(traps, caught)

    subprocess.run([sys.executable, "-m", "cli", "version"], cwd=traps, capture_output=True, check=False)

    assert caught.exists()
