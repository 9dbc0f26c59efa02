"""Stopping ends within three seconds whatever the venue does, and leaves nothing behind."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from engine.events import SnapshotTaken


def ours() -> list[str]:
    """Return the names of the client's threads that are alive."""
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith("risk-") or "ignalr" in name]


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("hub", {}),
        ("hub", {"mute": True}),
        ("hub", {"frozen": True}),
        ("hub", {"hang_upgrade": True}),
        ("hub", {"no_handshake": True}),
        ("hub", {"no_completions": True}),
        ("hub", {"refuse_status": 503}),
        ("rest", {"kind": "hang_before", "seconds": 30, "path": "/api/Order/v2/query", "times": 100}),
        ("rest", {"kind": "status", "status": 502, "path": "", "times": 1000}),
    ],
    ids=str,
)
@pytest.mark.parametrize("is_live_first", [True, False])
def test_the_client_stops_within_three_seconds(
    is_live_first: bool,
    where: str,
    fault: dict[str, Any],
    simulator: SimulatorProcess,
    desk: Callable[..., Any],
) -> None:
    client = desk(rest_read=6.0, connect=6.0, completion=6.0)
    client.gateway.connect()
    if is_live_first:
        client.start()
    simulator.control(f"/sim/faults/{where}", fault)
    client.gateway.start() if not is_live_first else simulator.control("/sim/faults/cut", {"how": "fin"})
    time.sleep(0.4)

    started = time.monotonic()
    client.gateway.stop()
    took = time.monotonic() - started
    told = len(client.told)
    simulator.control("/sim/faults/clear")

    assert took < 3.2
    time.sleep(0.3)
    assert len(client.told) == told, "nothing is told after stopping"
    client.until(lambda: not ours(), 20.0)


def test_stopping_twice_or_before_starting_is_harmless(desk: Callable[..., Any]) -> None:
    client = desk()

    client.gateway.stop()
    client.gateway.stop()

    assert not ours()


def test_no_token_and_no_key_ever_reaches_a_log(
    simulator: SimulatorProcess, desk: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = desk().start()
    for how in ("reset", "close_record"):
        simulator.control("/sim/faults/cut", {"how": how})
        time.sleep(0.3)
    simulator.control("/sim/faults/hub", {"refuse_status": 401})
    simulator.control("/sim/faults/logout")
    time.sleep(1.0)
    with pytest.raises(Exception, match="user name and API key"):
        desk(api_key="canary-wrong-key").gateway.connect()
    client.gateway.stop()

    logged = " ".join(record.getMessage() + str(record.exc_text) for record in caplog.records)
    assert len(caplog.records) > 30
    assert client.of(SnapshotTaken)
    for secret in (simulator.api_key, "canary-wrong-key", "eyJ", "access_token=e"):
        assert secret not in logged
        assert secret not in str(client.told)
