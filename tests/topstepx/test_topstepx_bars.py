"""Prices without the market hub: from the venue's bars, honest about their age, and only for what is held."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.settings import GatewayUrls
from engine.events import Link, LinkSeen, QuoteSeen
from engine.units import SECOND

MNQ = "CON.F.US.MNQ.Z26"
TICK = 250_000_000
CLOSE = 25_400_000_000_000


@pytest.fixture
def rest_alone(simulator: SimulatorProcess, desk: Callable[..., Any]) -> Any:
    """Return a client without hubs that has started."""
    client = desk(urls=GatewayUrls(simulator.api, None, None))
    client.gateway.connect()
    client.gateway.start()
    return client


def quotes(client: Any) -> list[Any]:
    return [event.quote for event in client.of(QuoteSeen)]


def test_without_a_hub_what_is_held_has_the_price_of_the_last_closed_bar(
    simulator: SimulatorProcess, rest_alone: Any
) -> None:
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)
    simulator.price("MNQ", 25_400)

    rest_alone.until(lambda: quotes(rest_alone) and quotes(rest_alone)[-1].last == CLOSE)

    quote = quotes(rest_alone)[-1]
    assert (quote.contract, quote.bid, quote.ask) == (MNQ, CLOSE - TICK, CLOSE + TICK)
    heard = next(event for event in rest_alone.of(QuoteSeen) if event.quote == quote)
    assert 0 <= heard.at - quote.quoted_at < 4 * SECOND
    assert quote.quoted_at % SECOND == 0


def test_in_a_market_that_stands_still_the_last_bar_is_not_told_again(
    simulator: SimulatorProcess, rest_alone: Any
) -> None:
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)
    simulator.price("MNQ", 25_400)
    rest_alone.until(lambda: quotes(rest_alone) and quotes(rest_alone)[-1].last == CLOSE)

    time.sleep(2.5)

    stamps = [quote.quoted_at for quote in quotes(rest_alone)]
    assert len(stamps) == len(set(stamps))


def test_nothing_held_asks_for_no_bar_and_neither_does_a_live_market_hub(
    simulator: SimulatorProcess, rest_alone: Any, desk: Callable[..., Any]
) -> None:
    simulator.price("MNQ", 25_400)
    time.sleep(1.5)
    assert not quotes(rest_alone)
    with_hubs = desk()
    with_hubs.start()  # it holds, and watches nothing: what it told of a price could come from bars alone
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)
    rest_alone.until(lambda: quotes(rest_alone))

    assert not quotes(with_hubs)


def test_bars_take_over_when_the_market_hub_is_lost_and_end_when_it_is_back(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)
    client.start()
    simulator.control("/sim/faults/hub", {"hub": "market", "refuse_status": 503})
    simulator.control("/sim/faults/cut", {"hub": "market", "how": "reset"})
    client.until(lambda: client.downs(Link.MARKET_HUB))
    simulator.price("MNQ", 25_400)

    client.until(lambda: quotes(client) and quotes(client)[-1].last == CLOSE)

    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(Link.MARKET_HUB))
    told = len(quotes(client))
    simulator.price("MNQ", 25_401)
    time.sleep(2.5)
    assert len(quotes(client)) == told, (
        "nobody watches a contract, so the hub told nothing, and bars are over"
    )


@pytest.mark.parametrize("fault", [{"kind": "garbage"}, {"kind": "status", "status": 503}], ids=str)
def test_bars_that_cannot_be_had_are_no_price_and_no_loss_of_rest(
    fault: dict[str, Any], simulator: SimulatorProcess, rest_alone: Any
) -> None:
    simulator.control("/sim/faults/rest", {**fault, "path": "History/retrieveBars", "times": 1000})
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)
    simulator.price("MNQ", 25_400)
    rest_alone.until(lambda: rest_alone.size(simulator.accounts[0], MNQ) == 1)
    time.sleep(1.5)

    assert not quotes(rest_alone)
    assert not [event for event in rest_alone.of(LinkSeen) if event.link is Link.REST and not event.is_live]


def test_bars_that_are_refused_for_coming_too_often_leave_the_other_reading_alone(
    simulator: SimulatorProcess, rest_alone: Any
) -> None:
    simulator.control("/sim/settings", {"bars_per_half_minute": 1})
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)
    rest_alone.until(lambda: rest_alone.size(simulator.accounts[0], MNQ) == 1)
    time.sleep(2.0)
    simulator.price("MNQ", 25_401)
    simulator.place(simulator.accounts[0], "MNQ", "buy", 1)

    rest_alone.until(lambda: rest_alone.size(simulator.accounts[0], MNQ) == 2, 2.0)

    assert not [event for event in rest_alone.of(LinkSeen) if event.link is Link.REST and not event.is_live]
    assert len(quotes(rest_alone)) <= 1
