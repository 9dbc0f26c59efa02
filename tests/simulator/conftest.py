"""What the simulator's tests share: a venue in virtual time, and one over real sockets with a client for its REST."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.simulator.child import SimulatorProcess
from connectors.simulator.core.answers import Answer
from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.happenings import Happening, MarketTraded, QuoteChanged
from connectors.simulator.core.instants import MILLISECOND
from connectors.simulator.core.kinds import Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.core.records import Order, Trade
from connectors.simulator.world import create, read

ACCOUNT = 9120345
MNQ = "CON.F.US.MNQ.Z26"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "gateway"


@dataclass
class Desk:
    """A trader's desk before a venue in virtual time; `user_events` collects what the user hub would send."""

    exchange: Exchange
    user_events: list[Happening] = field(default_factory=list)

    def order(self, side: Side, size: int = 1, **more: Any) -> Answer:
        request: dict[str, Any] = {"account_id": ACCOUNT, "contract_id": MNQ, "type": 2} | more
        return self.exchange.place(PlaceRequest(side=side, size=size, **request))

    def buy(self, size: int = 1, **more: Any) -> Answer:
        return self.order(Side.BUY, size, **more)

    def sell(self, size: int = 1, **more: Any) -> Answer:
        return self.order(Side.SELL, size, **more)

    def buy_with_legs(self, size: int = 2, tag: str | None = "entry") -> Answer:
        return self.buy(size, tag=tag, stop_loss=Bracket(-80, 4), take_profit=Bracket(160, 1))

    def price(self, price: str) -> None:
        self.exchange.set_price(MNQ, Decimal(price))

    def wait(self, milliseconds: int = 100) -> list[Happening]:
        until = self.exchange.venue.now + milliseconds * MILLISECOND
        happened = self.exchange.advance(until)
        events = [event for event in happened if not isinstance(event, QuoteChanged | MarketTraded)]
        self.user_events += events
        return events

    @property
    def size(self) -> int:
        position = self.exchange.venue.positions.get((ACCOUNT, MNQ))
        return position.size if position else 0

    @property
    def balance(self) -> Decimal:
        return self.exchange.venue.accounts[ACCOUNT].balance

    @property
    def trades(self) -> list[Trade]:
        return list(self.exchange.venue.trades.values())

    def live(self) -> list[Order]:
        return self.exchange.venue.live_orders(ACCOUNT)


@dataclass
class Api:
    """Bare REST as any client would speak it."""

    base: str
    token: str = ""

    def raw(self, path: str, body: object) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return requests.post(f"{self.base}/api/{path}", json=body, headers=headers, timeout=10)

    def __call__(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.raw(path, body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = json.loads(answer.text, parse_float=Decimal)
        return told


@pytest.fixture
def desk() -> Desk:
    return Desk(create(read("still"), seed=7))


@pytest.fixture(scope="module")
def sim() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still", seed=7) as running:
        running.control("/sim/settings", {"requests_per_minute": 0})
        yield running
        assert running.errors() == ""


@pytest.fixture
def api(sim: SimulatorProcess) -> Api:
    return log_in(sim, sim.user_name, sim.api_key)


@pytest.fixture
def fixture() -> Callable[[str], Any]:
    return lambda name: json.loads((FIXTURES / f"{name}.json").read_text(), parse_float=Decimal)


def log_in(sim: SimulatorProcess, user_name: str, key: str) -> Api:
    api = Api(sim.api)
    api.token = api("Auth/loginKey", userName=user_name, apiKey=key)["token"]
    return api
