"""Bursts and storms: nothing is lost, nothing is flooded."""

import threading
import time
from collections.abc import Callable
from typing import Any

from connectors.simulator.child import SimulatorProcess
from engine.events import FillSeen, Link, QuoteSeen

MNQ = "CON.F.US.MNQ.Z26"


def test_in_a_burst_of_quotes_every_fill_arrives_and_fast(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(poll_blind=60.0, quote_resubscribe=30.0, quote_rebuild=60.0)
    client.gateway.watch([MNQ])
    client.start()
    client.until(lambda: client.of(QuoteSeen))
    burst = threading.Thread(
        target=lambda: [simulator.control("/sim/burst", {"contract": "MNQ", "count": 5000}) for _ in range(4)]
    )

    burst.start()
    for _ in range(10):
        simulator.control("/sim/trade", {"account": account, "contract": "MNQ", "side": "buy", "size": 1})
        time.sleep(0.05)
    burst.join()
    client.until(lambda: len(client.of(FillSeen)) == 10 and client.size(account, MNQ) == 10)

    assert len({event.fill.id for event in client.of(FillSeen)}) == 10
    assert not client.downs(Link.USER_HUB)
    assert not client.downs(Link.MARKET_HUB)


def test_a_hub_that_accepts_and_closes_at_once_is_not_hammered(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(backoff_first=0.25, backoff_most=30.0, stable=30.0).start()
    deadline = time.monotonic() + 5.0

    while time.monotonic() < deadline:
        simulator.control("/sim/faults/cut", {"how": "fin"})
        time.sleep(0.02)

    assert len(client.downs(Link.USER_HUB)) <= 7


def test_duplicates_reordering_and_text_ids_pass_through_without_harm(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk().start()
    simulator.control("/sim/faults/odd", {"string_ids": True})
    simulator.control("/sim/faults/hub", {"hub": "user", "duplicate": 20})

    simulator.place(account, "MNQ", "buy", 2)

    client.until(lambda: client.size(account, MNQ) == 2)
    client.until(lambda: len(client.of(FillSeen)) >= 2)
    assert len({event.fill.id for event in client.of(FillSeen)}) == 1


def test_another_account_of_the_same_login_is_not_told(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    ours, other = simulator.accounts[:2]
    client = desk(accounts=(ours,)).start()

    simulator.place(other, "MNQ", "buy", 1)
    simulator.place(ours, "MNQ", "buy", 1)
    client.until(lambda: client.of(FillSeen))
    time.sleep(0.2)

    assert {event.account for event in client.told if hasattr(event, "account")} == {ours}
