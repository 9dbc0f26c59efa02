"""REST behind the hub, and a hub that tells nothing any more: which of the two is believed when."""

import time
from collections.abc import Callable
from typing import Any

from connectors.simulator.child import SimulatorProcess
from engine.events import Link, SnapshotTaken

MNQ = "CON.F.US.MNQ.Z26"


def test_a_hub_that_is_connected_but_deaf_is_found_out_by_the_slow_poll_and_replaced(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(poll_live=0.5).start()
    client.until(lambda: client.heard[-1][0] % 1_000_000 == 0)
    time.sleep(1.2)
    simulator.control("/sim/faults/hub", {"hub": "user", "drop": 1000})

    simulator.place(account, "MNQ", "buy", 2)
    client.until(lambda: client.size(account, MNQ) == 2, 3.0)
    client.until(lambda: client.downs(Link.USER_HUB), 5.0)
    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(Link.USER_HUB))

    assert "deaf" in client.downs(Link.USER_HUB)[0].reason
    assert not client.downs(Link.MARKET_HUB)


def test_a_hub_that_hears_is_never_taken_for_deaf(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(poll_live=0.3, rest_lag=0.1).start()
    time.sleep(1.2)

    for _ in range(6):
        simulator.place(account, "MNQ", "buy", 1)
        time.sleep(0.3)
    polls = len(client.of(SnapshotTaken))
    client.until(lambda: len(client.of(SnapshotTaken)) > polls + 2)

    assert not client.downs(Link.USER_HUB)


def test_a_rest_view_that_lags_behind_never_undoes_what_the_hub_told(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(poll_live=1.5, rest_lag=1.0).start()
    simulator.control("/sim/faults/odd", {"rest_lag_ms": 700})
    sizes: list[int | None] = []

    for size in (1, 2, 3):
        simulator.place(account, "MNQ", "buy", 1)
        client.until(lambda size=size: client.size(account, MNQ) == size)
        for _ in range(50):
            sizes.append(client.size(account, MNQ))
            time.sleep(0.01)
    before = len(client.of(SnapshotTaken))
    client.until(lambda: len(client.of(SnapshotTaken)) > before)
    sizes.append(client.size(account, MNQ))

    assert sizes == sorted(sizes, key=lambda size: size or 0)


def test_what_rest_showed_too_late_for_the_first_snapshot_is_found_by_a_second_look(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(rest_lag=1.0)
    client.gateway.connect()
    simulator.control("/sim/faults/odd", {"rest_lag_ms": 700})
    simulator.place(account, "MNQ", "buy", 2)
    time.sleep(0.1)
    client.gateway.start()
    client.until(lambda: client.is_live(Link.USER_HUB))

    client.until(lambda: client.size(account, MNQ) == 2, 2.5)
