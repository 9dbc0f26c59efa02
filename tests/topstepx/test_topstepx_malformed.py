"""Frames that cannot be read cost a snapshot, never a connection."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from engine.events import Link, SnapshotTaken

MNQ = "CON.F.US.MNQ.Z26"


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

    assert not client.downs(Link.USER_HUB)


def test_a_storm_of_malformed_frames_asks_for_few_snapshots(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(resync_spacing=1.0).start()
    before, began_at = len(client.of(SnapshotTaken)), time.monotonic()

    for _ in range(300):
        simulator.control("/sim/faults/send", {"hub": "user", "text": "rubbish", "record": True})
    client.until(lambda: len(client.of(SnapshotTaken)) > before)
    time.sleep(0.5)

    seconds = time.monotonic() - began_at  # the storm itself takes longer on a busy machine
    assert len(client.of(SnapshotTaken)) - before <= 2 + seconds / 1.0
