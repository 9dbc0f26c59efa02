"""What REST shows of an account, over the real wire."""

from collections.abc import Callable
from typing import Any

from connectors.simulator.child import SimulatorProcess
from engine.events import FillSeen
from engine.units import Instant
from engine.venue import OrderStatus


def test_a_snapshot_shows_suspended_legs_and_fills_with_their_costs(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk()
    client.gateway.connect()
    simulator.place(account, "MNQ", "buy", 1)
    simulator.place(account, "MNQ", "buy", 1, limit=25400, stopTicks=40, targetTicks=80)
    client.until(
        lambda: len(simulator.state(account)["suspended"]) == 2 and not simulator.state(account)["flat"]
    )

    view = client.gateway.snapshot(account, Instant(client.now() - 3_600_000_000))

    assert view.has_suspended
    assert sorted(order.status for order in view.orders) == [
        OrderStatus.OPEN,
        OrderStatus.SUSPENDED,
        OrderStatus.SUSPENDED,
    ]
    assert [(fill.pnl, fill.costs) for fill in view.fills] == [(None, 610_000)]
    assert [position.size for position in view.positions] == [1]


def test_where_suspended_legs_cannot_be_listed_the_snapshot_says_so(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk()
    client.gateway.connect()
    simulator.place(account, "MNQ", "buy", 1, limit=25400, stopTicks=40)
    simulator.control(
        "/sim/faults/rest", {"kind": "status", "status": 404, "path": "/api/Order/v2/query", "times": 9}
    )
    client.until(lambda: any(order["status"] == 1 for order in simulator.state(account)["orders"]))

    view = client.gateway.snapshot(account, client.now())

    assert not view.has_suspended
    assert [order.status for order in view.orders] == [OrderStatus.OPEN]


def test_fills_reach_the_sink_with_their_venue_time(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk().start()

    simulator.place(account, "MNQ", "sell", 1)
    client.until(lambda: client.of(FillSeen))

    (event,) = client.of(FillSeen)
    (trade,) = simulator.state(account)["trades"]
    assert event.fill.id == trade["id"]
    assert event.fill.executed_at in [instant for instant, _ in client.heard]
