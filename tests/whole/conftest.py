"""A venue, a home and the guard as a process of its own (`risk run`), shared by the tests of one file.

A test file names the accounts it needs in `ACCOUNTS`: the account's name, and behind it the shipped rules that guard
it (as `starter/max_contracts`), each in mode enforce whatever its file says, and the parameters that differ.
"""

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ROOT = Path(__file__).resolve().parents[2]
WORLD = Path(__file__).with_name("world.yaml")
LOGINS = ("one", "two", "three", "four", "five")
FIRST, EACH = 1001, 4
"""The world's first account, and how many belong to each login."""
NEWS = {
    "valid_through": "2026-12-31",
    "tz": "America/Chicago",
    "source": "this test",
    "news": [{"at": "2026-11-17 09:04", "title": "Retail sales"}],
}
"""A release four minutes after the world begins, which only rules about news read."""

_PARTS = runpy.run_path(str(Path(__file__).with_name("desk.py")))
Desk, status, wait_for = _PARTS["Desk"], _PARTS["status"], _PARTS["wait_for"]


@dataclass
class House:
    """The venue and the guard of one test file."""

    sim: SimulatorProcess
    home: Path
    desks: dict[str, Any] = field(default_factory=dict)
    guard: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the guard and wait until it sees every account."""
        command = [sys.executable, "-m", "cli", "run", "--home", str(self.home)]
        keys = {f"RISK_API_KEY_{login.upper()}": f"key-{login}" for login in LOGINS}
        with (self.home / "said.txt").open("ab") as output:
            self.guard = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | keys, stdout=output, stderr=output
            )
        wait_for(self._sees_all, lambda: (self.home / "said.txt").read_text(encoding="utf-8"))

    def _sees_all(self) -> bool:
        assert self.guard is not None
        if status(self.home).get("daemon", {}).get("pid") != self.guard.pid:
            return False
        rows = [desk.now() for desk in self.desks.values()]
        return all(row["synced_at"] and row["links"]["user_hub"]["is_live"] for row in rows)

    def kill(self) -> None:
        """End the guard as a power cut would."""
        if self.guard is not None:
            self.guard.kill()
            self.guard.wait()

    def status(self) -> dict[str, Any]:
        """Return all that the guard publishes."""
        return dict(status(self.home))

    def leap(self, **how: Any) -> None:
        """Set the venue's clock ahead and wait until the guard believes it, which takes two answers of the venue.

        A message that nobody can read makes the guard look at the venue at once, or within five seconds.
        """
        at = self.sim.control("/sim/clock", how)["now"][:19]
        self.sim.control("/sim/faults/send", {"hub": "user", "text": "{", "record": True})
        wait_for(lambda: status(self.home)["venue_time"][:19] >= at)


def furnish(house: House, accounts: dict[str, tuple[tuple[str, ...], dict[str, str]]]) -> None:
    """Write the home: settings, a ruleset for each account, and the accounts."""
    sim, home = house.sim, house.home
    urls = {"api": sim.api, "user_hub": sim.user_hub, "market_hub": sim.market_hub}
    logins = {login: {"gateway": "sim", "user_name": login} for login in LOGINS}
    _write(home / "settings.yaml", {"gateways": {"sim": urls}, "logins": logins})
    _write(home / "news.yaml", NEWS)
    for place, (name, (rules, changed)) in enumerate(accounts.items()):
        for rule in rules:
            pack = (ROOT / "rulesets" / rule).parent
            for path in (pack / "ruleset.yaml", pack / "lists.yaml", pack / f"{Path(rule).name}.yaml"):
                copy = home / "rulesets" / name / path.name
                copy.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text(encoding="utf-8")
                copy.write_text(re.sub(r"(?m)^mode: \w+", "mode: enforce", text), encoding="utf-8")
        number, login = FIRST + place, LOGINS[place // EACH]
        row = {"id": number, "login": login, "mode": "enforce", "ruleset": name, "set": changed}
        _write(home / "accounts" / f"{name}.yaml", row)
        house.desks[name] = Desk(sim, home, name, number)


def _write(path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")  # JSON is YAML


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with SimulatorProcess(str(WORLD)) as sim:
        made = House(sim, tmp_path_factory.mktemp("home"))
        furnish(made, request.module.ACCOUNTS)
        try:
            made.start()
            yield made
        finally:
            made.kill()
