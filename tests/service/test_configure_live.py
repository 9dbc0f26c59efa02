"""`risk admin configure` beside a running guard: stricter values hold at once, and a refusal leaves the file as it was."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service.home import Home
from service.password import AdminPassword

ROOT = Path(__file__).resolve().parents[2]
RIGHT = "correct horse battery"

Start = Callable[..., Any]


@pytest.fixture
def home(house: Any, sim: SimulatorProcess) -> Path:
    made: Path = house.home(sim)
    AdminPassword(Home(made).password).set(RIGHT)
    return made


def configured(home: Path, *values: str, password: str = RIGHT) -> subprocess.CompletedProcess[str]:
    options = [part for value in values for part in ("--set", value)]
    return subprocess.run(
        [sys.executable, "-m", "cli", "admin", "configure", *options, "--yes", "--stdin", "--home", str(home)],
        input=f"{password}\n", text=True, capture_output=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_a_value_is_written_judged_and_in_force(home: Path, guard_in: Start, eventually: Start) -> None:
    guard = guard_in(home)
    guard.ready()
    file = home / "accounts" / "alice.yaml"
    before, digest = file.read_text(), guard.account()["ruleset"]["digest"]

    for refused in (
        configured(home, "max_two.limit=two"),
        configured(home, "max_two.limit=1 contract", password="wrong guess"),  # noqa: S106
    ):
        assert refused.returncode in (1, 9), refused.stderr
        assert file.read_text() == before

    time.sleep(1.1)  # the wait after a wrong password; a quick machine is here before it is over
    done = configured(home, "max_two.limit=1 contract")

    assert done.returncode == 0, done.stderr
    assert "+ stricter max_two.limit for this account: 2 contracts -> 1 contract" in done.stdout
    assert "max_two.limit: 1 contract" in file.read_text()
    eventually(lambda: guard.account()["ruleset"]["digest"] != digest, 5.0, say=guard.log)


def test_without_a_guard_the_file_is_written_and_taken_at_the_next_start(home: Path) -> None:
    done = configured(home, "max_two.limit=1 contract")

    assert done.returncode == 0, done.stderr
    assert "The guard does not run" in done.stderr
    assert "max_two.limit: 1 contract" in (home / "accounts" / "alice.yaml").read_text()
