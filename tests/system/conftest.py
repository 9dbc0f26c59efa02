"""A guard under its parent, as a service manager would start it, against the simulator over real sockets."""

import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HOUSE = runpy.run_path(str(HERE.parent / "service" / "house.py"))


class Hosted:
    """`risk service-host` as a process; `guard` is the process that it keeps running."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.said = home / "said.txt"
        with self.said.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "service-host", "--home", str(home)],
                cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output,
            )  # fmt: skip

    @property
    def guard(self) -> int:
        return int(self.status().get("daemon", {}).get("pid", 0))

    def status(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self.home / "status" / "status.json").read_text()))
        except FileNotFoundError:
            return {}

    def account(self) -> dict[str, Any]:
        rows: list[dict[str, Any]] = self.status().get("accounts", [])
        return rows[0] if rows else {}

    def acts(self, kind: str) -> list[dict[str, Any]]:
        path = self.home / "status" / "enforcement.log"
        lines = path.read_text().splitlines() if path.exists() else []
        return [act for act in map(json.loads, lines) if act["kind"] == kind]

    def is_guarding(self) -> bool:
        """Say whether a living guard sees its account."""
        status, account = self.status(), self.account()
        return bool(status and status["daemon"]["state"] == "running" and account.get("synced_at"))

    def log(self) -> str:
        paths = (self.said, self.home / "logs" / "service.log", self.home / "logs" / "error.log")
        return "\n".join(path.read_text()[-2_000:] for path in paths if path.exists())

    def end(self) -> None:
        """End both for good."""
        guard = self.guard
        self.process.kill()
        self.process.wait()
        for number in {guard, self.guard} - {0}:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue


@pytest.fixture
def sim() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as process:
        yield process


@pytest.fixture
def home(tmp_path: Path, sim: SimulatorProcess) -> Path:
    found: Path = HOUSE["House"](tmp_path).home(sim)
    return found


@pytest.fixture
def hosted() -> Iterator[Callable[..., Hosted]]:
    made: list[Hosted] = []

    def start(home: Path, **environment: str) -> Hosted:
        made.append(Hosted(home, **environment))
        return made[-1]

    yield start
    for one in made:
        one.end()


@pytest.fixture
def eventually() -> Callable[..., Any]:
    wait: Callable[..., Any] = HOUSE["wait_for"]
    return wait
