"""One account of the tests of the whole: what its trader does, what the venue shows, what the guard publishes."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

PATIENCE = 40.0
"""Seconds until something that must come true counts as failed; the machine may be slow."""


def wait_for(
    what: Callable[[], Any], say: Callable[[], object] = lambda: "", seconds: float = PATIENCE
) -> Any:
    """Return the first true answer; fail with words after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (answer := what()):
        if time.monotonic() > deadline:
            pytest.fail(f"this did not come true within {seconds} s; {say()}")
        time.sleep(0.04)
    return answer


def status(home: Path) -> dict[str, Any]:
    """Return the published status, empty before the first time."""
    path = home / "status" / "status.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return document


@dataclass
class Desk:
    """One account: its trader at the venue, and what the guard publishes of it."""

    sim: SimulatorProcess
    home: Path
    name: str
    number: int

    def do(self, steps: str) -> None:
        """Do what stands in `steps`, one after the other: see the methods called `_buy`, `_price` and so on."""
        for step in steps.split(";"):
            verb, *words = step.split()
            getattr(self, f"_{verb}")(*words)

    def holds(self) -> dict[str, int]:
        """Return the venue's signed sizes by symbol."""
        rows = self.sim.state(self.number)["positions"]
        return {
            row["contractDisplayName"].rstrip("0123456789")[:-1]: row["size"] * (1, -1)[row["type"] - 1]
            for row in rows
        }

    def stops(self) -> list[Decimal]:
        """Return the venue's prices of the stops that work."""
        return [Decimal(row["stopPrice"]) for row in self.working() if row["stopPrice"] is not None]

    def working(self) -> list[dict[str, Any]]:
        """Return the venue's working orders."""
        state = self.sim.state(self.number)
        return [row for row in state["orders"] if row["id"] in state["working"]]

    def fills(self) -> int:
        """Return how many fills the venue has booked."""
        return len(self.sim.state(self.number)["trades"])

    def now(self) -> dict[str, Any]:
        """Return what the guard publishes of the account, empty before the first time."""
        accounts = status(self.home).get("accounts", [])
        return next((one for one in accounts if one["name"] == self.name), {})

    def locks(self) -> list[tuple[str, str]]:
        """Return the published locks: scope and the words for their end."""
        return [(lock["scope"], lock["end"]) for lock in self.now()["locks"]]

    def gauge(self, rule: str) -> list[dict[str, Any]]:
        """Return the published gauges of a rule."""
        return [row for row in self.now()["rules"] if row["name"] == rule]

    def acts(self, kind: str) -> list[dict[str, Any]]:
        """Return the lines of one kind that the trader can read in enforcement.log."""
        path = self.home / "status" / "enforcement.log"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [act for act in map(json.loads, lines) if (act["account"], act["kind"]) == (self.name, kind)]

    def becomes(self, what: Callable[["Desk"], Any]) -> Any:
        """Wait for the first true answer."""
        return wait_for(lambda: what(self), self.told)

    def told(self) -> str:
        log = (self.home / "logs" / "daemon.log").read_text(encoding="utf-8")[-2000:]
        return f"{self.name}: {self.holds()} {self.stops()} {json.dumps(self.now(), indent=1)} {log}"

    def _buy(self, size: str, symbol: str, stop: str = "") -> None:
        self._market("buy", size, symbol, stop)

    def _sell(self, size: str, symbol: str, stop: str = "") -> None:
        self._market("sell", size, symbol, stop)

    def _market(self, side: str, size: str, symbol: str, stop: str) -> None:
        """Fill a market order, with a stop so many ticks away if the third word is `stop=80`."""
        more = {"stopTicks": int(stop.removeprefix("stop="))} if stop else {}
        before = self.fills()
        self._placed(symbol, side, int(size), **more)
        self.becomes(lambda desk: desk.fills() > before)

    def _rest(self, side: str, size: str, symbol: str, limit: str) -> None:
        self._placed(symbol, side, int(size), limit=float(limit))

    def _placed(self, symbol: str, side: str, size: int, **more: Any) -> None:
        answer = self.sim.place(self.number, symbol, side, size, **more)
        assert answer["code"] == 0, answer

    def _price(self, symbol: str, price: str) -> None:
        """Move the market once the guard has a price for what is held in it, and wait until it has the new one."""
        seen = self.becomes(lambda desk: desk._results(symbol))
        self.sim.price(symbol, price)
        self.becomes(lambda desk: desk._results(symbol) != seen)

    def _results(self, symbol: str) -> list[str]:
        rows = [row for row in self.now()["positions"] if row["symbol"] == symbol]
        return [row["open_pnl"] for row in rows if row["open_pnl"] is not None]

    def _seen(self) -> None:
        """Wait until the guard shows what the venue shows."""
        self.becomes(
            lambda desk: {row["symbol"]: row["size"] for row in desk.now()["positions"]} == desk.holds()
        )
