"""Everything a hub can do to us: after each, both links are live again and the state is right."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from engine.events import FillSeen, Link, LinkSeen, OrderSeen, PositionSeen, QuoteSeen, SnapshotTaken

MNQ = "CON.F.US.MNQ.Z26"
USER, MARKET = Link.USER_HUB, Link.MARKET_HUB


def downs(client: Any, link: Link) -> list[LinkSeen]:
    """Return the times a link went down after it had been up."""
    changes = [event for event in client.of(LinkSeen) if event.link is link]
    return [event for event in changes[1:] if not event.is_live]


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

    client.until(lambda: downs(client, USER))
    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(USER))

    assert "nothing heard" in downs(client, USER)[0].reason
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


@pytest.mark.parametrize(
    "text",
    [
        "this is not JSON",
        '{"type":1,"target":"GatewayUserOrder"}',
        '{"type":99}',
        "[]",
        '{"type":1,"target":"GatewayUserOrder","arguments":[{"action":1,"data":{"id":1,"accountId":9120345}}]}',
        '{"type":1,"target":"GatewayUserPosition","arguments":[{"action":1,"data":{"message_type":1,"size":NaN}}]}',
        '{"type":1,"target":"GatewayUserTrade","arguments":["' + "x" * 100_000 + '"]}',
        "[" * 5000,
    ],
    ids=range(8),
)
def test_a_malformed_frame_asks_for_a_snapshot_and_costs_no_connection(
    text: str, simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk().start()
    snapshots = len(client.of(SnapshotTaken))

    simulator.control("/sim/faults/send", {"hub": "user", "text": text, "record": True})
    client.until(lambda: len(client.of(SnapshotTaken)) > snapshots)
    simulator.place(account, "MNQ", "buy", 1)
    client.until(lambda: client.size(account, MNQ) == 1)

    assert not downs(client, USER)


def test_a_storm_of_malformed_frames_asks_for_few_snapshots(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(resync_spacing=1.0).start()
    before = len(client.of(SnapshotTaken))

    for _ in range(300):
        simulator.control("/sim/faults/send", {"hub": "user", "text": "rubbish", "record": True})
    client.until(lambda: len(client.of(SnapshotTaken)) > before)
    time.sleep(0.5)

    assert len(client.of(SnapshotTaken)) - before <= 3


def test_quotes_are_merged_and_come_back_after_a_cut(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.watch([MNQ])
    client.start()
    client.until(lambda: client.of(QuoteSeen))
    simulator.control("/sim/faults/cut", {"hub": "market", "how": "reset"})
    client.until(lambda: downs(client, MARKET))
    simulator.price("MNQ", 25_400)
    client.gateway.watch(["CON.F.US.EP.Z26"])

    client.until(lambda: {event.quote.contract for event in client.of(QuoteSeen)} == {MNQ, "CON.F.US.EP.Z26"})
    client.until(lambda: client.of(QuoteSeen)[-1].quote.bid is not None)

    mnq = [event.quote for event in client.of(QuoteSeen) if event.quote.contract == MNQ]
    assert (mnq[-1].bid, mnq[-1].ask) == (25_400_000_000_000, 25_400_250_000_000)


def test_quotes_that_stop_are_asked_for_again_and_then_the_link_is_rebuilt(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.watch([MNQ])
    client.start()
    client.until(lambda: client.of(QuoteSeen))
    simulator.control("/sim/price", {"contract": "MNQ", "price": 25_500, "silent": True})

    client.until(lambda: downs(client, MARKET))
    assert "no quote" in downs(client, MARKET)[0].reason
    simulator.control("/sim/price", {"contract": "MNQ", "price": 25_501, "silent": False})
    seen = len(client.of(QuoteSeen))
    client.until(lambda: len(client.of(QuoteSeen)) > seen)

    assert not downs(client, USER)


def test_a_hundred_reconnects_leave_no_thread_behind(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(backoff_first=0.01, backoff_most=0.02, poll_blind=60.0).start()
    before = threading.active_count()

    for count in range(1, 51):
        simulator.control("/sim/faults/cut", {"how": "reset"})
        client.until(lambda count=count: len(downs(client, USER)) >= count and client.is_live(USER))
    client.until(lambda: client.is_live(MARKET))

    client.until(lambda: threading.active_count() <= before)
