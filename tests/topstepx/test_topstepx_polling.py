"""REST alone as a complete second way, and as the net beneath a hub that is connected but deaf."""

import time
from collections.abc import Callable
from typing import Any

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.settings import GatewayUrls
from engine.commands import ClosePosition
from engine.events import Answer, InstrumentsSeen, Link, SnapshotTaken

MNQ = "CON.F.US.MNQ.Z26"


def rest_only(simulator: SimulatorProcess) -> GatewayUrls:
    return GatewayUrls(simulator.api, None, None)


def test_without_any_hub_positions_fills_and_closes_are_seen_within_the_polling_interval(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(urls=rest_only(simulator))
    client.gateway.connect()
    client.gateway.start()
    waits = []

    for size in (1, 2, 3):
        simulator.place(account, "MNQ", "buy", 1)
        asked_at = time.monotonic()
        client.until(lambda size=size: client.size(account, MNQ) == size)
        waits.append(time.monotonic() - asked_at)
    assert client.gateway.execute(account, ClosePosition("c", "e", MNQ)).answer is Answer.ACCEPTED
    client.until(lambda: client.size(account, MNQ) == 0)

    assert max(waits) < 0.3 + 0.4, "the interval and one round of questions"
    client.until(lambda: len(client.of(SnapshotTaken)[-1].fills) == 4)
    assert not client.is_live(Link.USER_HUB)


def test_all_accounts_are_polled(simulator: SimulatorProcess, desk: Callable[..., Any]) -> None:
    first, second = simulator.accounts[:2]
    client = desk(urls=rest_only(simulator), accounts=(first, second))
    client.gateway.connect()
    client.gateway.start()

    simulator.place(second, "ES", "sell", 1)

    client.until(lambda: client.size(second, "CON.F.US.EP.Z26") == -1)
    assert client.size(first, "CON.F.US.EP.Z26") == 0


def test_when_the_venue_says_too_many_polling_rests_and_enforcement_does_not(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(urls=rest_only(simulator), limited_pause=1.0)
    client.gateway.connect()
    client.gateway.start()
    client.until(lambda: client.of(SnapshotTaken))
    limit = {"kind": "status", "status": 429, "path": "/api/Position/searchOpen", "times": 1}
    simulator.control("/sim/faults/rest", limit)
    time.sleep(0.5)
    seen = len(client.of(SnapshotTaken))

    simulator.place(account, "MNQ", "buy", 1)
    time.sleep(0.1)
    answered = client.gateway.execute(account, ClosePosition("c", "e", MNQ))

    assert answered.answer is Answer.ACCEPTED
    assert len(client.of(SnapshotTaken)) - seen <= 1
    client.until(lambda: len(client.of(SnapshotTaken)) > seen + 1)


def test_a_list_of_contracts_that_cannot_be_read_costs_no_poll_and_few_requests(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=rest_only(simulator))
    listing = "/api/Contract/available"
    simulator.control("/sim/faults/rest", {"kind": "status", "status": 502, "path": listing, "times": 1000})
    client.gateway.start()

    client.until(lambda: len(client.of(SnapshotTaken)) >= 3)

    assert simulator.control("/sim/connections")["requests"][listing] <= 3


def test_the_venues_own_limit_is_never_reached_by_polling(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    simulator.control("/sim/settings", {"requests_per_minute": 60})
    client = desk(urls=rest_only(simulator), requests=60, requests_background=30, poll_blind=0.05)
    client.gateway.connect()
    client.gateway.start()

    time.sleep(3.0)

    assert simulator.control("/sim/connections")["rateRefused"] == 0
    assert client.gateway.execute(simulator.accounts[0], ClosePosition("c", "e", MNQ)).text.startswith(
        "no such"
    )


def test_a_failing_venue_is_never_read_as_a_flat_account(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk(urls=rest_only(simulator))
    simulator.place(account, "MNQ", "buy", 2)
    client.gateway.connect()
    client.gateway.start()
    client.until(lambda: client.size(account, MNQ) == 2)

    for fault in (
        {"kind": "garbage"},
        {"kind": "status", "status": 500},
        {"kind": "code", "code": 1},
        {"kind": "drop_before"},
    ):
        simulator.control("/sim/faults/rest", fault | {"path": "/api/Position/searchOpen", "times": 3})
        time.sleep(0.5)
    simulator.control("/sim/faults/clear")
    client.until(lambda: client.is_live(Link.REST))

    sizes = {sum(p.size for p in event.positions) for event in client.of(SnapshotTaken)}
    assert sizes <= {0, 2}
    first_two = next(i for i, event in enumerate(client.of(SnapshotTaken)) if event.positions)
    assert all(event.positions for event in client.of(SnapshotTaken)[first_two:])


def test_a_contract_of_another_month_is_looked_up_when_it_turns_up(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk().start()
    order = (
        '{"type":1,"target":"GatewayUserOrder","arguments":[{"action":1,"data":{"id":9,"accountId":9120345,'
        '"contractId":"CON.F.US.EP.H27","status":1,"type":1,"side":0,"size":1,"limitPrice":6000}}]}'
    )
    simulator.control("/sim/faults/send", {"hub": "user", "text": order, "record": True})

    client.until(lambda: any(one.contract == "CON.F.US.EP.H27" for one in client.gateway.instruments()))

    new = next(one for one in client.of(InstrumentsSeen)[-1].instruments if one.contract == "CON.F.US.EP.H27")
    assert (new.root, new.tick_value) == ("ES", 12_500_000)
