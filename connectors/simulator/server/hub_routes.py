"""The two hubs: upgrade with the token, handshake, then records in both directions until somebody goes."""

import asyncio
import contextlib
import itertools
from typing import Any

from aiohttp import WSMsgType, web

from connectors.simulator.server.host import HOST, Host
from connectors.simulator.server.hub_link import PING, RECORD_END, HubLink
from connectors.simulator.server.hub_methods import call
from connectors.simulator.server.json_text import dump, load

HANDSHAKE_SECONDS = 15.0
LARGEST_MESSAGE = 32 * 1024
_connection_numbers = itertools.count(1)


async def negotiate(request: web.Request) -> web.Response:
    """Answer negotiate, versions 0 and 1, for clients that do not skip it."""
    host = request.app[HOST]
    if host.sessions.find(_token(request), host.clock.now()) is None:
        return web.Response(status=401)
    number = f"simulated-{next(_connection_numbers)}"
    offer: dict[str, Any] = {"connectionId": number}
    if request.query.get("negotiateVersion", "0") != "0":
        offer = {"negotiateVersion": 1, "connectionId": number, "connectionToken": number}
    transports = [{"transport": "WebSockets", "transferFormats": ["Text"]}]
    return web.Response(
        text=dump({**offer, "availableTransports": transports}), content_type="application/json"
    )


async def connect(request: web.Request) -> web.StreamResponse:
    """Serve one WebSocket of one hub for as long as it lives."""
    host = request.app[HOST]
    hub = request.match_info["hub"]
    faults = host.faults.hubs[hub]
    if faults.hang_upgrade:
        await asyncio.sleep(3600)
    if faults.refuse_status:
        return web.Response(status=faults.refuse_status)
    session = host.sessions.find(_token(request), host.clock.now())
    if session is None:
        return web.Response(status=401)
    # WebSocket-level pings stay off: one client library dies of them. SignalR has its own (type 6).
    socket = web.WebSocketResponse(heartbeat=None, compress=False, max_msg_size=LARGEST_MESSAGE)
    await socket.prepare(request)
    link = HubLink(hub, session.login, socket, request, host.faults)
    writer = asyncio.create_task(link.write(lambda: host.ping_seconds))
    try:
        if await shake_hands(link):
            host.links.add(link)
            await _read(host, link)
    finally:
        host.links.discard(link)
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
    return socket


def _token(request: web.Request) -> str:
    header = request.headers.get("Authorization", "")
    return request.query.get("access_token") or header.removeprefix("Bearer ").strip()


async def shake_hands(link: HubLink) -> bool:
    """Do the handshake of the hub protocol and say whether it succeeded; what came with it is in `link.early`."""
    try:
        message = await link.socket.receive(timeout=HANDSHAKE_SECONDS)
    except TimeoutError:
        return False
    if message.type is not WSMsgType.TEXT or link.faults.refuse_handshake:
        await link.socket.send_str('{"error":"Handshake was refused."}' + RECORD_END)
        return False
    record, _, rest = message.data.partition(RECORD_END)
    wanted = message_of(record) or {}
    if wanted.get("protocol") != "json" or wanted.get("version") not in (0, 1, 2):
        await link.socket.send_str('{"error":"The protocol is not supported."}' + RECORD_END)
        return False
    if link.faults.no_handshake:
        await asyncio.sleep(3600)
    link.send_now("{}" + RECORD_END)
    link.early = rest
    return True


async def _read(host: Host, link: HubLink) -> None:
    """Read records; end a client that has pinged once and then says nothing for 30 s."""
    silence: float | None = None
    if not _records(host, link, link.early):
        return
    while not link.socket.closed:
        try:
            message = await link.socket.receive(timeout=silence)
        except TimeoutError:
            link.cut("close_record")
            await asyncio.sleep(0.2)
            return
        while link.faults.frozen:
            await asyncio.sleep(0.02)
        if message.type is not WSMsgType.TEXT:
            return
        if PING in message.data:
            silence = host.silence_seconds
        if not _records(host, link, message.data):
            return


def _records(host: Host, link: HubLink, text: str) -> bool:
    """Handle each record of a message; return whether the client wants to go on."""
    for record in filter(None, text.split(RECORD_END)):
        message = message_of(record)
        if message is None:
            link.cut("close_record")
        elif message.get("type") == 1:
            call(host, link, message)
        elif message.get("type") == 7:
            return False
    return True


def message_of(record: str) -> dict[str, Any] | None:
    """Return a record of the protocol, or None if it is none."""
    try:
        message = load(record)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
