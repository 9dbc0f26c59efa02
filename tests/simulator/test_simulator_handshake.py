"""Upgrade, handshake and the end of a hub connection, seen by a bare WebSocket."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import requests

from connectors.simulator.child import SimulatorProcess

END = "\x1e"


@pytest.mark.parametrize("version", [0, 1, 2])
def test_the_handshake_takes_versions_0_to_2_and_a_token_in_the_header(
    sim: SimulatorProcess, api: Any, version: int
) -> None:
    async def talk(connection: aiohttp.ClientWebSocketResponse) -> str:
        await connection.send_str(json.dumps({"protocol": "json", "version": version}) + END)
        return str(await connection.receive_str(timeout=5))

    assert (
        asyncio.run(with_socket(sim.user_hub, {"Authorization": f"Bearer {api.token}"}, talk)) == "{}" + END
    )


def test_an_upgrade_without_a_good_token_is_401(sim: SimulatorProcess) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        asyncio.run(with_socket(sim.user_hub, {}, talk_nothing))

    assert refused.value.status == 401


async def with_socket(
    url: str,
    headers: dict[str, str],
    talk: Callable[[aiohttp.ClientWebSocketResponse], Coroutine[Any, Any, str]],
) -> str:
    async with aiohttp.ClientSession() as session, session.ws_connect(url, headers=headers) as connection:
        return await talk(connection)


async def talk_nothing(connection: aiohttp.ClientWebSocketResponse) -> str:
    return ""


def test_a_refused_handshake_names_its_error(sim: SimulatorProcess, api: Any) -> None:
    async def talk(connection: aiohttp.ClientWebSocketResponse) -> str:
        await connection.send_str(json.dumps({"protocol": "messagepack", "version": 1}) + END)
        return str(await connection.receive_str(timeout=5))

    told = asyncio.run(with_socket(sim.user_hub, {"Authorization": f"Bearer {api.token}"}, talk))

    assert "error" in json.loads(told.removesuffix(END))


def test_a_subscription_may_ride_with_the_handshake_and_its_name_in_any_case(
    sim: SimulatorProcess, api: Any
) -> None:
    async def talk(connection: aiohttp.ClientWebSocketResponse) -> str:
        call = {"type": 1, "invocationId": "9", "target": "subscribeaccounts", "arguments": []}
        await connection.send_str('{"protocol":"json","version":1}' + END + json.dumps(call) + END)
        return str(await connection.receive_str(timeout=5)) + str(await connection.receive_str(timeout=5))

    told = asyncio.run(with_socket(sim.user_hub, {"Authorization": f"Bearer {api.token}"}, talk))

    assert told == "{}" + END + '{"type":3,"invocationId":"9","result":null}' + END


def test_negotiate_offers_text_over_websockets(sim: SimulatorProcess, api: Any) -> None:
    url = f"{sim.market_hub}/negotiate?negotiateVersion=1&access_token={api.token}"

    offer = requests.post(url, timeout=5).json()

    assert offer["availableTransports"] == [{"transport": "WebSockets", "transferFormats": ["Text"]}]
    assert set(offer) == {"negotiateVersion", "connectionId", "connectionToken", "availableTransports"}
