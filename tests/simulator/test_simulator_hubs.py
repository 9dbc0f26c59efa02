"""The two hubs over real sockets, heard with signalrcore and, where that is too polite, with a bare WebSocket."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from signalrcore.hub_connection_builder import HubConnectionBuilder

from connectors.simulator.child import SimulatorProcess

ACCOUNT = 9120345
MNQ = "CON.F.US.MNQ.Z26"
EVENTS = ["Account", "Order", "Position", "Trade"]


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 8
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Ear:
    """A hub client that writes down what it hears."""

    def __init__(self, url: str, token: str, targets: list[str]) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.errors: list[str] = []
        self.opened = False
        self.hub = (
            HubConnectionBuilder()
            .with_url(f"{url}?access_token={token}", options={"skip_negotiation": True})
            .build()
        )
        for target in targets:
            self.hub.on(target, lambda arguments, target=target: self.heard.append((target, arguments)))
        self.hub.on_open(lambda: setattr(self, "opened", True))
        self.hub.on_error(lambda message: self.errors.append(message.error))
        self.hub.start()
        wait_until(lambda: self.opened)

    def ask(self, method: str, *arguments: Any) -> None:
        done: list[Any] = []
        self.hub.send(method, list(arguments), done.append)
        wait_until(lambda: done or self.errors)

    def of(self, target: str) -> list[Any]:
        return [arguments for name, arguments in self.heard if name == target]

    def close(self) -> None:
        transport = self.hub.transport
        transport.manually_closing = True
        sock = transport._client.sock
        with contextlib.suppress(OSError):  # the server may have gone first
            sock.shutdown(socket.SHUT_RDWR)
        self.hub.stop()
        sock.close()


@pytest.fixture
def user_hub(sim: SimulatorProcess, api: Any) -> Iterator[Ear]:
    ear = Ear(sim.user_hub, api.token, [f"GatewayUser{event}" for event in EVENTS] + ["GatewayLogout"])
    ear.ask("SubscribeAccounts")
    for method in ("SubscribeOrders", "SubscribePositions", "SubscribeTrades"):
        ear.ask(method, ACCOUNT)
    yield ear
    ear.close()


@pytest.fixture
def market_hub(sim: SimulatorProcess, api: Any) -> Iterator[Ear]:
    ear = Ear(sim.market_hub, api.token, ["GatewayQuote", "GatewayTrade", "GatewayDepth"])
    yield ear
    ear.close()


def test_an_entry_with_brackets_is_told_as_in_the_fixture(
    sim: SimulatorProcess, api: Any, user_hub: Ear, fixture: Any
) -> None:
    expected = fixture("hub_user_entry_with_brackets")
    legs = {"stopLossBracket": {"ticks": -80, "type": 4}, "takeProfitBracket": {"ticks": 160, "type": 1}}
    api("Order/place", accountId=ACCOUNT, contractId=MNQ, type=2, side=0, size=2, customTag="rd-7", **legs)
    wait_until(lambda: len(user_hub.heard) == len(expected))

    for (target, arguments), frame in zip(shape_order(user_hub.heard), shape_order_of(expected), strict=True):
        assert target == frame["target"]
        wrapper, [model] = arguments[0], frame["arguments"]
        assert wrapper["action"] == model["action"]
        assert list(wrapper["data"]) == list(model["data"])
    sim.control("/sim/liquidate", {"account": ACCOUNT, "block": False})
    wait_until(lambda: sim.state(ACCOUNT)["flat"])


def shape_order(heard: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return the events with the two legs, which wake in either order, by type."""
    return heard[:7] + sorted(heard[7:], key=lambda row: row[1][0]["data"]["type"])


def shape_order_of(frames: list[Any]) -> list[Any]:
    return frames[:7] + sorted(frames[7:], key=lambda frame: frame["arguments"][0]["data"]["type"])


def test_the_first_quote_is_full_and_later_ones_are_deltas(
    sim: SimulatorProcess, market_hub: Ear, fixture: Any
) -> None:
    full = fixture("hub_market_quote_full_then_delta")[0]["arguments"][1]
    market_hub.ask("SubscribeContractQuotes", MNQ)
    sim.price("MNQ", 25510)
    wait_until(lambda: len(market_hub.of("GatewayQuote")) >= 3)

    (contract, first), *rest = market_hub.of("GatewayQuote")

    assert (contract, list(first)) == (MNQ, list(full))
    assert all(set(quote) < set(full) for _, quote in rest)
    assert any("lastPrice" not in quote for _, quote in rest)
    sim.price("MNQ", 25500)


def test_prints_and_depth_come_as_lists(market_hub: Ear, fixture: Any) -> None:
    prints, _, depth = fixture("hub_market_trade_and_depth_batch")
    market_hub.ask("SubscribeContractTrades", MNQ)
    market_hub.ask("SubscribeContractMarketDepth", MNQ)
    wait_until(lambda: market_hub.of("GatewayTrade") and market_hub.of("GatewayDepth"))

    assert list(market_hub.of("GatewayTrade")[0][1][0]) == list(prints["arguments"][1][0])
    assert list(market_hub.of("GatewayDepth")[0][1][0]) == list(depth["arguments"][1][0])


def test_what_nobody_subscribed_to_is_not_sent(sim: SimulatorProcess, user_hub: Ear) -> None:
    sim.place(9087711, "MNQ", "buy", 1)
    wait_until(lambda: user_hub.of("GatewayUserAccount"))
    sim.control("/sim/close", {"account": 9087711, "contract": "MNQ"})

    assert user_hub.of("GatewayUserOrder") == []


def test_an_unknown_method_is_an_error_and_the_connection_stays(
    sim: SimulatorProcess, user_hub: Ear, fixture: Any
) -> None:
    user_hub.ask("SubscribeEverything")
    sim.control("/sim/account", {"account": ACCOUNT, "canTrade": False})
    wait_until(lambda: user_hub.of("GatewayUserAccount"))

    assert user_hub.errors == [fixture("hub_handshake_and_control")[7]["error"]]
    assert user_hub.of("GatewayUserAccount")[-1][0]["data"]["canTrade"] is False
    sim.control("/sim/account", {"account": ACCOUNT, "canTrade": True})


def test_somebody_elses_account_cannot_be_subscribed(user_hub: Ear) -> None:
    user_hub.ask("SubscribeOrders", 9200001)

    assert len(user_hub.errors) == 1


def test_logout_is_pushed_on_both_hubs_and_the_tokens_die(
    sim: SimulatorProcess, api: Any, user_hub: Ear
) -> None:
    sim.control("/sim/faults/logout")
    wait_until(lambda: user_hub.of("GatewayLogout"))

    assert api.raw("Account/search", {"onlyActiveAccounts": True}).status_code == 401
