"""A venue whose login has canaries for secrets, and a home that uses it."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service.home import Home
from service.recording import record

KEY = 'canary/key+"4711'
ALICE = 9120345
WORLD = f"""\
about: One login whose key is a canary.
start: 2026-11-17T09:00:00-06:00
logins:
  - {{userName: demo, apiKey: '{KEY}'}}
accounts:
  - {{id: {ALICE}, name: PRAC-V2-481207-66190342, balance: 150000}}
markets:
  - {{symbol: MNQ, price: 25500, depth: 1000, moving: false}}
  - {{symbol: ES, price: 6850, depth: 1000, moving: false}}
"""
MAX_TWO = """\
rule: max_two
title: At most two contracts
mode: enforce
scope: account
params:
  limit: 2 contracts
when: account.gross_contracts > limit
then:
  - flatten: account
message: You hold {account.gross_contracts}, the limit is {limit}.
"""


def world_in(folder: Path) -> str:
    path = folder / "canary.yaml"
    path.write_text(WORLD)
    return str(path)


def make_home(folder: Path, venue: SimulatorProcess) -> Path:
    """Return a home that guards one account of a venue."""
    home = folder / "home"
    for name in ("accounts", "secrets", "rulesets/limits"):
        (home / name).mkdir(parents=True)
    (home / "settings.yaml").write_text(
        f"gateways:\n  sim:\n    api: {venue.api}\n    user_hub: {venue.user_hub}\n"
        f"    market_hub: {venue.market_hub}\nlogins:\n  main:\n    gateway: sim\n    user_name: demo\n"
    )
    key = home / "secrets/main.key"
    key.write_text(KEY)
    key.chmod(0o600)
    (home / "accounts/alice.yaml").write_text(
        f"id: {ALICE}\nlogin: main\nmode: enforce\nruleset: limits\nwatch: [MNQ]\n"
    )
    (home / "rulesets/limits/ruleset.yaml").write_text(
        "ruleset: limits\ndsl: 1\nmode_ceiling: enforce\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\n"
    )
    (home / "rulesets/limits/max_two.yaml").write_text(MAX_TWO)
    return home


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(world_in(tmp_path)) as process:
        yield process


@pytest.fixture
def home(tmp_path: Path, venue: SimulatorProcess) -> Path:
    return make_home(tmp_path, venue)


class Session:
    """A recording under way."""

    def __init__(self, home: Path, path: Path) -> None:
        self.path = path
        self._stop = Event()
        self._thread = Thread(
            target=lambda: record(Home(home), path, login=None, seconds=None, stop=self._stop)
        )

    def __enter__(self) -> "Session":
        self._thread.start()
        self.until(lambda lines: any(is_live(line, "user_hub") for line in lines))
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def lines(self) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        texts = self.path.read_text().splitlines(keepends=True)
        return [json.loads(text) for text in texts if text.endswith("\n")]

    def until(self, holds: Callable[[list[dict[str, Any]]], bool], seconds: float = 15.0) -> None:
        deadline = time.monotonic() + seconds
        while not holds(self.lines()):
            assert time.monotonic() < deadline, self.lines()[-5:]
            time.sleep(0.05)


def is_live(line: dict[str, Any], link: str) -> bool:
    return line["kind"] == "link" and line["link"] == link and line["is_live"] is True


def says(lines: list[dict[str, Any]], target: str, text: str = "") -> bool:
    return any(line["kind"] == "frame" and target in line["text"] and text in line["text"] for line in lines)


@dataclass(frozen=True)
class Recording:
    """A session that was recorded, and what the venue knew at its end."""

    home: Path
    path: Path
    state: dict[str, Any]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    """Return the recording of a session with a trade, a malformed frame, and a logout by the venue."""
    folder = tmp_path_factory.mktemp("recording")
    with SimulatorProcess(world_in(folder)) as venue:
        home, path = make_home(folder, venue), folder / "session.jsonl"
        with Session(home, path) as session:
            session.until(lambda lines: says(lines, "GatewayQuote"))
            venue.place(ALICE, "MNQ", "buy", 3, stopTicks=80, targetTicks=160)
            session.until(lambda lines: says(lines, "GatewayUserPosition", '"size":3'))
            broken = '{"type":1,"target":"GatewayUserOrder","arguments":[{}]}'
            venue.control("/sim/faults/send", {"hub": "user", "text": broken})
            venue.control("/sim/close", {"account": ALICE, "contract": "MNQ"})
            session.until(lambda lines: says(lines, "GatewayUserPosition", '"size":0'))
            venue.control("/sim/faults/logout")
            session.until(lambda lines: sum(is_live(line, "user_hub") for line in lines) == 2)
        yield Recording(home, path, venue.state(ALICE))


@pytest.fixture
def session_of() -> type[Session]:
    """Return the class of recordings under way."""
    return Session
