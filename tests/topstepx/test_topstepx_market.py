"""Quotes over the real wire: merged, and missed when they stop."""

from collections.abc import Callable
from typing import Any

from connectors.simulator.child import SimulatorProcess
from engine.events import Link, QuoteSeen

MNQ = "CON.F.US.MNQ.Z26"
USER, MARKET = Link.USER_HUB, Link.MARKET_HUB


def test_quotes_are_merged_and_come_back_after_a_cut(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.watch([MNQ])
    client.start()
    client.until(lambda: client.of(QuoteSeen))
    simulator.control("/sim/faults/cut", {"hub": "market", "how": "reset"})
    client.until(lambda: client.downs(MARKET))
    simulator.price("MNQ", 25_400)
    client.gateway.watch(["CON.F.US.EP.Z26"])

    def prices(contract: str) -> tuple[int | None, int | None]:
        quotes = [event.quote for event in client.of(QuoteSeen) if event.quote.contract == contract]
        return (quotes[-1].bid, quotes[-1].ask) if quotes else (None, None)

    client.until(lambda: prices(MNQ) == (25_400_000_000_000, 25_400_250_000_000))
    client.until(lambda: None not in prices("CON.F.US.EP.Z26"))


def test_quotes_that_stop_are_asked_for_again_and_then_the_link_is_rebuilt(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.watch([MNQ])
    client.start()
    client.until(lambda: client.of(QuoteSeen))
    simulator.control("/sim/price", {"contract": "MNQ", "price": 25_500, "silent": True})

    client.until(lambda: client.downs(MARKET))
    assert "no quote" in client.downs(MARKET)[0].reason
    simulator.control("/sim/price", {"contract": "MNQ", "price": 25_501, "silent": False})
    seen = len(client.of(QuoteSeen))
    client.until(lambda: len(client.of(QuoteSeen)) > seen)

    assert not client.downs(USER)
