"""Accounts with nothing at stake are only glanced at; whatever a glance finds is read whole at once."""

import time
from collections.abc import Callable
from typing import Any

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.settings import GatewayUrls
from engine.events import SnapshotTaken

MNQ = "CON.F.US.MNQ.Z26"
POSITIONS, FILLS = "/api/Position/searchOpen", "/api/Trade/search"


def asked(simulator: SimulatorProcess) -> dict[str, int]:
    counts: dict[str, int] = simulator.control("/sim/connections")["requests"]
    return counts


def test_an_idle_account_costs_one_request_where_an_account_at_stake_costs_three(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=GatewayUrls(simulator.api, None, None), poll_blind_idle=0.1)
    client.idle = set(simulator.accounts)
    client.gateway.connect()
    client.gateway.start()

    client.until(lambda: asked(simulator).get(POSITIONS, 0) >= 12)

    counts = asked(simulator)
    assert 3 <= counts[FILLS] <= counts[POSITIONS] / 2


def test_a_position_in_an_idle_account_is_read_whole_within_the_interval(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=GatewayUrls(simulator.api, None, None), poll_blind_idle=0.4)
    client.idle = set(simulator.accounts)
    account = simulator.accounts[0]
    client.gateway.connect()
    client.gateway.start()
    client.until(lambda: client.of(SnapshotTaken))
    for _ in range(3):
        simulator.place(account, "MNQ", "buy", 1)
        asked_at = time.monotonic()
        client.until(lambda: client.size(account, MNQ) == 1)
        assert time.monotonic() - asked_at < 0.4 + 0.6, "the interval, a tick and one round of questions"
        assert client.of(SnapshotTaken)[-1].fills
        simulator.control("/sim/close", {"account": account, "contract": "MNQ"})
        client.until(lambda: client.size(account, MNQ) == 0)


def test_a_lost_entry_is_found_beside_a_live_hub_by_a_glance_and_the_deaf_hub_replaced(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(poll_live=60.0, poll_live_idle=0.5, poll_idle_most=0.5)
    client.idle = set(simulator.accounts)
    client.start()
    account = simulator.accounts[0]
    time.sleep(1.5)
    simulator.control("/sim/faults/hub", {"hub": "user", "drop": 1000})

    simulator.place(account, "MNQ", "buy", 2)

    client.until(lambda: client.size(account, MNQ) == 2, 2.5)
