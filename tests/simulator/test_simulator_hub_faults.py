"""What can go wrong on a hub, one fault at a time, seen by a bare WebSocket that subscribed to everything."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import requests

from connectors.simulator.child import SimulatorProcess

ACCOUNT = 9120345
END = "\x1e"


@dataclass
class Heard:
    """What one connection has heard, and how it ended."""

    records: list[str] = field(default_factory=list)
    ended: str = ""

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(r)["arguments"][0]["data"] for r in self.records if '"GatewayUser' in r]

    @property
    def names(self) -> list[str]:
        return [data.get("name", "") for data in self.events]


@pytest.fixture(autouse=True)
def _clean(sim: SimulatorProcess) -> Iterator[None]:
    yield
    sim.control("/sim/faults/clear")
    sim.control("/sim/settings", {"ping_seconds": 15, "silence_seconds": 30})


async def listen(
    sim: SimulatorProcess, token: str, doings: list[tuple[str, dict[str, Any]]], first: str = ""
) -> Heard:
    """Subscribe to accounts, let `doings` happen at the control door, and listen for a moment."""
    heard = Heard()
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{sim.user_hub}?access_token={token}") as link,
    ):
        await link.send_str('{"protocol":"json","version":1}' + END)
        call = {"type": 1, "invocationId": "1", "target": "SubscribeAccounts", "arguments": []}
        await link.send_str(json.dumps(call) + END + first)
        await asyncio.sleep(0.1)
        for path, body in doings:
            await asyncio.to_thread(sim.control, path, body)
        await _hear(link, heard, 0.5)
    return heard


async def _hear(link: aiohttp.ClientWebSocketResponse, heard: Heard, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            message = await link.receive(timeout=0.1)
        except TimeoutError:
            continue
        if message.type is not aiohttp.WSMsgType.TEXT:
            heard.ended = message.type.name
            return
        heard.records += [record for record in message.data.split(END) if record]


def flick(times: int) -> list[tuple[str, dict[str, Any]]]:
    """Return doings that send `times` account events, told apart by their limits of contracts and balance."""
    return [("/sim/account", {"account": ACCOUNT, "balance": 1000 + number}) for number in range(times)]


def balances(heard: Heard) -> list[int]:
    return [data["balance"] - 1000 for data in heard.events]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({}, [0, 1, 2, 3]),
        ({"drop": 2}, [2, 3]),
        ({"duplicate": 1}, [0, 0, 1, 2, 3]),
        ({"reorder": 1}, [1, 0, 2, 3]),
        ({"delay_ms": 100}, [0, 1, 2, 3]),
        ({"mute": True}, []),
        ({"frozen": True}, []),
    ],
)
def test_events_are_lost_doubled_swapped_or_late(
    sim: SimulatorProcess, api: Any, fault: dict[str, Any], expected: list[int]
) -> None:
    heard = asyncio.run(listen(sim, api.token, [("/sim/faults/hub", {"hub": "user", **fault}), *flick(4)]))

    assert balances(heard) == expected
    assert heard.ended == ""


@pytest.mark.parametrize(
    ("how", "record"),
    [
        ("reset", None),
        ("fin", None),
        ("close_frame", None),
        ("close_record", {"allowReconnect": True}),
        ("close_for_good", {"allowReconnect": False}),
    ],
)
def test_a_cut_ends_the_connection_with_or_without_a_word(
    sim: SimulatorProcess, api: Any, how: str, record: dict[str, Any] | None
) -> None:
    heard = asyncio.run(listen(sim, api.token, [("/sim/faults/cut", {"hub": "user", "how": how})]))

    assert heard.ended in ("CLOSE", "CLOSED", "ERROR", "CLOSING")
    told = [json.loads(text) for text in heard.records if json.loads(text).get("type") == 7]
    assert [{"allowReconnect": row["allowReconnect"]} for row in told] == ([record] if record else [])


def test_pings_go_on_while_events_are_muted(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/settings", {"ping_seconds": 0.1})

    heard = asyncio.run(listen(sim, api.token, [("/sim/faults/hub", {"mute": True}), *flick(2)]))

    assert (heard.events, '{"type":6}' in heard.records) == ([], True)


def test_a_client_that_pinged_once_and_then_says_nothing_is_sent_away(
    sim: SimulatorProcess, api: Any
) -> None:
    sim.control("/sim/settings", {"silence_seconds": 0.2})

    heard = asyncio.run(listen(sim, api.token, [], first='{"type":6}' + END))

    assert json.loads(heard.records[-1])["allowReconnect"] is True
    assert heard.ended == "CLOSE"


def test_a_malformed_frame_is_sent_as_it_is(sim: SimulatorProcess, api: Any) -> None:
    heard = asyncio.run(listen(sim, api.token, [("/sim/faults/send", {"text": "not json"}), *flick(1)]))

    assert "not json" in heard.records
    assert len(heard.events) == 1


def test_ids_can_come_as_text(sim: SimulatorProcess, api: Any) -> None:
    heard = asyncio.run(listen(sim, api.token, [("/sim/faults/odd", {"string_ids": True}), *flick(1)]))

    assert heard.events[0]["id"] == str(ACCOUNT)


def test_upgrades_can_be_refused(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/faults/hub", {"hub": "user", "refuse_status": 503})

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        asyncio.run(listen(sim, api.token, []))

    assert refused.value.status == 503


def test_events_during_a_cut_are_gone_and_nothing_is_replayed(sim: SimulatorProcess, api: Any) -> None:
    asyncio.run(listen(sim, api.token, [("/sim/faults/cut", {"hub": "user"})]))
    sim.control("/sim/account", {"account": ACCOUNT, "balance": 5})

    heard = asyncio.run(listen(sim, api.token, []))

    assert heard.events == []


def test_a_restart_resets_everybody_and_forgets_nothing(sim: SimulatorProcess, api: Any) -> None:
    before = sim.state(ACCOUNT)["trades"]
    heard = asyncio.run(listen(sim, api.token, [("/sim/faults/restart", {"seconds": 0.5})]))
    with pytest.raises(requests.ConnectionError):
        api.raw("Account/search", {"onlyActiveAccounts": True})

    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            assert api.raw("Account/search", {"onlyActiveAccounts": True}).status_code == 200
            break
        except requests.ConnectionError:
            time.sleep(0.05)

    assert heard.ended != ""
    assert sim.state(ACCOUNT)["trades"] == before
