"""A venue with many accounts, the real daemon beside it, and tables of what was measured at the end of the run."""

import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("guard_child.py")
FIRST = 9_120_001
SYMBOLS = {"MNQ": 25500, "ES": 6850, "NG": 3}


def world(folder: Path, accounts: int) -> Path:
    """Write a world in which nothing moves by itself; one login has all accounts."""
    rows = "".join(f"  - {{id: {FIRST + n}, name: PRAC-{n}, balance: 150000}}\n" for n in range(accounts))
    markets = "".join(
        f"  - {{symbol: {symbol}, price: {price}, depth: 1000, moving: false}}\n"
        for symbol, price in SYMBOLS.items()
    )
    markets += "  - {symbol: ES, month: H27, price: 6900, depth: 1000, moving: false}\n"
    path = folder / "many.yaml"
    path.write_text(
        "about: Many accounts of one login.\nstart: 2026-11-17T09:00:00-06:00\n"
        f"logins:\n  - {{userName: demo, apiKey: demo-key}}\naccounts:\n{rows}markets:\n{markets}"
    )
    return path


class Guard:
    """A daemon process and what it leaves in its home."""

    def __init__(self, home: Path, timings: dict[str, float]) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD), str(home)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "RISK_TEST_TIMINGS": json.dumps(timings)},
        )

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def status(self) -> dict[str, Any]:
        try:
            document: dict[str, Any] = json.loads((self.home / "status/status.json").read_text())
        except FileNotFoundError:
            return {"daemon": {}, "accounts": []}
        return document

    def accounts(self) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in self.status()["accounts"]}

    def account(self, number: int) -> dict[str, Any]:
        return self.accounts().get(number, {})

    def log(self) -> str:
        path = self.home / "logs/daemon.log"
        return path.read_text() if path.exists() else ""


class Desk:
    """A venue, a guard, and the hands of a trader."""

    def __init__(self, folder: Path, sim: SimulatorProcess) -> None:
        self.folder = folder
        self.sim = sim
        self.home = folder / "home"
        self.guard: Guard | None = None

    def furnish(
        self, rulesets: dict[str, dict[str, str]], accounts: dict[int, str], stream: str = "on"
    ) -> None:
        """Write a home: rulesets by name as files by name, and which account has which."""
        for name in ("accounts", "secrets"):
            (self.home / name).mkdir(parents=True)
        sim = self.sim
        (self.home / "settings.yaml").write_text(
            f"gateways:\n  sim:\n    api: {sim.api}\n    user_hub: {sim.user_hub}\n    market_hub: {sim.market_hub}\n"
            f"    stream: {stream}\nlogins:\n  main:\n    gateway: sim\n    user_name: demo\n"
        )
        key = self.home / "secrets/main.key"
        key.write_text("demo-key\n")
        key.chmod(0o600)
        for name, files in rulesets.items():
            folder = self.home / "rulesets" / name
            folder.mkdir(parents=True)
            for file, text in files.items():
                (folder / file).write_text(text)
        for number, ruleset in accounts.items():
            text = f"id: {number}\nlogin: main\nmode: enforce\nruleset: {ruleset}\n"
            (self.home / f"accounts/a{number}.yaml").write_text(text)

    def watch(self, **timings: float) -> Guard:
        """Start the guard and wait until it sees every account."""
        self.guard = Guard(self.home, timings)
        names = len(list((self.home / "accounts").iterdir()))

        def is_ready() -> bool:
            assert self.guard is not None
            rows = self.guard.accounts().values()
            return len(rows) == names and all(row["synced_at"] and row["way"] != "none" for row in rows)

        self.until(is_ready, 20.0)
        return self.guard

    def until(self, holds: Callable[[], Any], seconds: float) -> float:
        """Wait until something holds; return how long that took. Fails with the guard's log when it never does."""
        started = time.monotonic()
        while not holds():
            if time.monotonic() - started > seconds:
                tail = f"{self.guard.process.poll()=} {self.guard.log()[-3000:]}" if self.guard else ""
                pytest.fail(f"this did not come true within {seconds} s; {tail}")
            time.sleep(0.03)
        return time.monotonic() - started

    def positions(self, number: int) -> dict[str, int]:
        """Return what an account really holds, by contract."""
        rows = self.sim.state(number)["positions"]
        return {row["contractId"]: row["size"] if row["type"] == 1 else -row["size"] for row in rows}


@pytest.fixture
def desk_with(tmp_path: Path) -> Iterator[Callable[[int], Any]]:
    """Return a maker of desks with so many accounts."""
    open_desks: list[Desk] = []

    def make(accounts: int) -> Desk:
        folder = tmp_path / f"desk-{len(open_desks)}"
        folder.mkdir()
        sim = SimulatorProcess(str(world(folder, accounts)))
        sim.control("/sim/settings", {"requests_per_minute": 0, "ping_seconds": 1.5})
        open_desks.append(Desk(folder, sim))
        return open_desks[-1]

    yield make
    for desk in open_desks:
        if desk.guard is not None:
            desk.guard.stop()
        desk.sim._process.kill()
        desk.sim.close()


def beside(file: str, name: str) -> Any:
    return runpy.run_path(str(Path(__file__).with_name(file)))[name]


@pytest.fixture(scope="session")
def bench_of() -> Any:
    """Return the class of benches in virtual time."""
    return beside("bench.py", "Bench")


@pytest.fixture(scope="session")
def weather() -> Any:
    """Return every fault by name: how to cause it, and whether it belongs to the quick half."""
    return beside("weather.py", "FAULTS")


@pytest.fixture(scope="session")
def matrix_of() -> Any:
    """Return the class that runs faults through all phases."""
    return beside("matrix.py", "Matrix")


@pytest.fixture
def is_nightly() -> bool:
    return os.environ.get("RISK_NIGHTLY") == "1"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print every measured row, grouped by table."""
    tables: dict[str, list[str]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, row in getattr(report, "user_properties", ()):
                if name.startswith("table:") and getattr(report, "when", "") == "call":
                    tables.setdefault(name.removeprefix("table:"), []).extend(row.split("\n"))
    for name, rows in tables.items():
        terminalreporter.section(name)
        for row in rows:
            terminalreporter.write_line(row)
