"""Everything a hub can do to us: after each, both links are live again and the state is right."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from engine.events import FillSeen, Link, LinkSeen, OrderSeen, PositionSeen, SnapshotTaken

MNQ = "CON.F.US.MNQ.Z26"
USER, MARKET = Link.USER_HUB, Link.MARKET_HUB


def test_a_connected_hub_is_live_only_after_its_snapshot(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    simulator.place(simulator.accounts[0], "MNQ", "buy", 2)
    client = desk().start()

    kinds = [
        type(event)
        for event in client.told
        if isinstance(event, SnapshotTaken) or (isinstance(event, LinkSeen) and event.link is USER)
    ]

    assert kinds == [LinkSeen, SnapshotTaken, LinkSeen]
    assert client.size(simulator.accounts[0], MNQ) == 2


@pytest.mark.parametrize("how", ["reset", "fin", "close_frame", "close_record", "close_for_good"])
def test_a_cut_link_comes_back_and_finds_what_changed_meanwhile(
    how: str, simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(poll_blind=60.0).start()
    simulator.control("/sim/faults/hub", {"refuse_status": 503})
    simulator.control("/sim/faults/cut", {"how": how})
    client.until(lambda: not client.is_live(USER) and not client.is_live(MARKET))
    simulator.place(account, "MNQ", "sell", 3)
    time.sleep(0.2)

    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(USER) and client.is_live(MARKET))

    assert client.size(account, MNQ) == -3
    assert client.of(SnapshotTaken)[-1].fills


@pytest.mark.parametrize(
    "fault",
    [
        {"hang_upgrade": True},
        {"no_handshake": True},
        {"refuse_handshake": True},
        {"no_completions": True},
        {"refuse_status": 401},
        {"refuse_status": 429},
        {"refuse_status": 503},
    ],
    ids=str,
)
def test_a_hub_that_cannot_be_opened_is_tried_until_it_can(
    fault: dict[str, Any], simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(connect=0.5, completion=0.5)
    simulator.control("/sim/faults/hub", fault)
    client.gateway.connect()
    client.gateway.start()
    time.sleep(1.5)
    assert not client.is_live(USER)
    assert client.of(SnapshotTaken), "REST alone must see the account meanwhile"

    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(USER) and client.is_live(MARKET))


@pytest.mark.parametrize("fault", ["mute", "frozen"])
def test_a_peer_that_says_nothing_any_more_is_left(
    fault: str, simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(poll_blind=60.0, silent=1.5).start()
    simulator.control("/sim/faults/hub", {fault: True})
    simulator.place(account, "MNQ", "buy", 1)

    client.until(lambda: client.downs(USER))
    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(USER))

    assert "nothing heard" in client.downs(USER)[0].reason
    assert client.size(account, MNQ) == 1


def test_events_between_subscribing_and_the_snapshot_come_after_it(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(rest_read=5.0)
    client.gateway.connect()
    slow = {"kind": "slow", "path": "/api/Trade/search", "seconds": 1.0, "times": 1}
    simulator.control("/sim/faults/rest", slow)
    client.gateway.start()
    client.until(lambda: "/api/Position/searchOpen" in simulator.control("/sim/connections")["requests"])
    simulator.place(account, "MNQ", "buy", 1)

    client.until(lambda: client.is_live(USER))

    told = [
        event
        for event in client.told
        if isinstance(event, SnapshotTaken | PositionSeen | FillSeen | OrderSeen)
    ]
    assert isinstance(told[0], SnapshotTaken)
    assert client.of(PositionSeen)[-1].position.size == 1
    assert [event.at for event in client.told] == sorted(event.at for event in client.told)


def test_while_rest_is_dead_the_stream_still_gets_through(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk()
    client.gateway.connect()
    for path in (
        "/api/Account/search",
        "/api/Order/v2/query",
        "/api/Order/searchOpen",
        "/api/Position/searchOpen",
    ):
        simulator.control(
            "/sim/faults/rest", {"kind": "status", "status": 502, "path": path, "times": 10_000}
        )
    client.gateway.start()
    client.until(lambda: not client.is_live(Link.REST))
    simulator.place(account, "MNQ", "buy", 2)

    client.until(lambda: client.size(account, MNQ) == 2)
    assert not client.is_live(USER)

    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(USER) and client.is_live(Link.REST))


def test_a_hundred_reconnects_leave_no_thread_behind(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(backoff_first=0.01, backoff_most=0.02, poll_blind=60.0).start()
    before = threading.active_count()

    for count in range(1, 51):
        simulator.control("/sim/faults/cut", {"how": "reset"})
        client.until(lambda count=count: len(client.downs(USER)) >= count and client.is_live(USER))
    client.until(lambda: client.is_live(MARKET))

    client.until(lambda: threading.active_count() <= before)
