"""A home for tests, and a daemon in it as a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("daemon_child.py")
ALICE, BOB = 9120345, 9087711

RULESET = """\
ruleset: limits
dsl: 1
mode_ceiling: enforce
tz: America/Chicago
trading_day: 17:00
calendar: cme
"""

MAX_TWO = """\
rule: max_two
title: At most two contracts
mode: enforce
scope: account
params:
  limit: 2 contracts
when: account.gross_contracts > limit
reset:
  cron: 0 17 * * *
  tz: America/Chicago
then:
  - flatten: account
  - lock: account
    until: reset
message: You hold {account.gross_contracts}, the limit is {limit}. Closed until {lock.until}.
"""


def wait_for(what: Callable[[], Any], seconds: float = 20.0, *, say: Callable[[], str] = lambda: "") -> Any:
    """Return the first true answer; fail with words after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = what()
        if answer:
            return answer
        time.sleep(0.03)
    pytest.fail(f"this did not come true within {seconds} s; {say()}")


@dataclass
class Guard:
    """A daemon process and what it leaves in its home."""

    home: Path
    process: subprocess.Popen[bytes] | None = None
    errors: list[str] = field(default_factory=list)

    def start(self, **environment: str) -> "Guard":
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD), str(self.home)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stderr=subprocess.PIPE,
        )
        return self

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()

    def stop(self) -> tuple[int, float]:
        """Ask it to end; return its exit code and how long it took."""
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=10)
        return self.process.returncode, time.monotonic() - started

    def end(self) -> tuple[int, str]:
        """Wait for it to end by itself; return its exit code and what it said."""
        assert self.process is not None
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said.decode()

    def status(self) -> dict[str, Any]:
        try:
            document: dict[str, Any] = json.loads((self.home / "status" / "status.json").read_text())
        except FileNotFoundError:
            return {}
        return document

    def account(self, name: str = "alice") -> dict[str, Any]:
        return next((one for one in self.status().get("accounts", []) if one["name"] == name), {})

    def alarms(self) -> dict[str, str]:
        return {alarm["code"]: alarm["text"] for alarm in self.status().get("daemon", {}).get("alarms", [])}

    def ready(self, name: str = "alice") -> None:
        """Wait until an account is seen in full, by this process."""
        pid = self.process.pid if self.process else 0
        wait_for(
            lambda: (
                self.status().get("daemon", {}).get("pid") == pid
                and self.account(name).get("is_confirmed")
                and self.account(name)["links"]["user_hub"]["is_live"]
            ),
            60.0,
            say=self.log,
        )

    def log(self) -> str:
        path = self.home / "logs" / "daemon.log"
        return path.read_text()[-4_000:] if path.exists() else "no log"

    def acts(self, kind: str) -> list[dict[str, Any]]:
        path = self.home / "status" / "enforcement.log"
        lines = path.read_text().splitlines() if path.exists() else []
        return [act for act in map(json.loads, lines) if act["kind"] == kind]


@dataclass
class House:
    """Makes homes below one folder."""

    folder: Path

    def home(self, sim: SimulatorProcess | None = None, **accounts: int) -> Path:
        """Return a home that guards these accounts with the rule of two contracts."""
        home = self.folder / f"home-{len(list(self.folder.iterdir()))}"
        for name in ("accounts", "secrets", "rulesets/limits"):
            (home / name).mkdir(parents=True)
        (home / "rulesets/limits/ruleset.yaml").write_text(RULESET)
        (home / "rulesets/limits/max_two.yaml").write_text(MAX_TWO)
        addresses = (sim.api, sim.user_hub, sim.market_hub) if sim else ("http://127.0.0.1:9",) * 3
        api, user_hub, market_hub = addresses
        (home / "settings.yaml").write_text(
            f"gateways:\n  sim:\n    api: {api}\n    user_hub: {user_hub}\n    market_hub: {market_hub}\n"
            "logins:\n  main:\n    gateway: sim\n    user_name: demo\n"
        )
        key = home / "secrets" / "main.key"
        key.write_text("demo-key\n")
        key.chmod(0o600)
        for name, number in (accounts or {"alice": ALICE}).items():
            text = f"id: {number}\nlogin: main\nmode: enforce\nruleset: limits\n"
            (home / "accounts" / f"{name}.yaml").write_text(text)
        return home
