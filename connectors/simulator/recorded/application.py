"""The routes of a recorded venue: logins always work, questions get the recorded answers, acts are refused."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import WSMsgType, web

from connectors.simulator.core.instants import http_date
from connectors.simulator.recorded.player import PLAYER, Player
from connectors.simulator.server.hub_link import RECORD_END, HubLink
from connectors.simulator.server.hub_routes import LARGEST_MESSAGE, message_of, shake_hands
from connectors.simulator.server.json_text import dump, load
from connectors.simulator.server.reply import bad, good

TOKEN = "recorded"  # noqa: S105 - opens nothing: it is what every login gets
PING_SECONDS = 15.0
REFUSED = {  # the code that each endpoint has for "rejected"
    "/api/Order/place": 2,
    "/api/Order/modify": 3,
    "/api/Order/cancel": 3,
    "/api/Position/closeContract": 5,
    "/api/Position/partialCloseContract": 6,
}
WHY = "This is a recording: nothing can be changed."


def build(player: Player) -> web.Application:
    """Return the application of one recorded venue."""
    app = web.Application()
    app[PLAYER] = player
    app.router.add_get("/api/Status/ping", lambda _: _text("pong"))
    app.router.add_post("/api/Auth/{what}", _log_in)
    app.router.add_post("/api/{path:.+}", _answer)
    app.router.add_get("/hubs/{hub:user|market}", _connect)
    app.router.add_post("/sim/tape", _tell)
    app.on_response_prepare.append(_stamp)
    app.cleanup_ctx.append(_run_player)
    return app


async def _text(text: str) -> web.Response:
    return web.Response(text=text)


def _json(value: Any) -> web.Response:
    return web.Response(text=dump(value), content_type="application/json")


async def _log_in(request: web.Request) -> web.Response:
    name = "newToken" if request.match_info["what"] == "validate" else "token"
    return _json(good(**{name: TOKEN}))


async def _answer(request: web.Request) -> web.Response:
    if request.path in REFUSED:
        return _json(bad(REFUSED[request.path], WHY))
    try:
        asked = load(await request.text() or "{}")
    except ValueError:
        return web.Response(status=400)
    player = request.app[PLAYER]
    answer = player.tape.answer(request.path, asked if isinstance(asked, dict) else {}, player.now)
    if answer is None:
        return web.Response(status=404, text="the recording has no answer to this")
    return web.Response(status=answer.status, text=answer.body, content_type="application/json")


async def _tell(request: web.Request) -> web.Response:
    player = request.app[PLAYER]
    cues = len(player.tape.cues)
    return _json({"played": player.played, "of": cues, "is_over": player.played == cues})


async def _connect(request: web.Request) -> web.StreamResponse:
    player = request.app[PLAYER]
    socket = web.WebSocketResponse(heartbeat=None, compress=False, max_msg_size=LARGEST_MESSAGE)
    await socket.prepare(request)
    link = HubLink(request.match_info["hub"], TOKEN, socket, request, player.faults)
    writer = asyncio.create_task(link.write(lambda: PING_SECONDS))
    try:
        if await shake_hands(link):
            player.links.add(link)
            _complete(player, link, link.early)
            while (message := await socket.receive()).type is WSMsgType.TEXT:
                _complete(player, link, message.data)
    finally:
        player.links.discard(link)
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
    return socket


def _complete(player: Player, link: HubLink, text: str) -> None:
    """Grant every subscription: what was recorded is told to whoever wants anything of that hub."""
    for record in filter(None, text.split(RECORD_END)):
        message = message_of(record) or {}
        if message.get("type") != 1:
            continue
        if "invocationId" in message:
            link.send_now(
                dump({"type": 3, "invocationId": message["invocationId"], "result": None}) + RECORD_END
            )
        link.subscriptions.add((str(message.get("target")), 0))
        player.begin()


async def _stamp(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Date"] = http_date(request.app[PLAYER].now)


async def _run_player(app: web.Application) -> AsyncIterator[None]:
    playing = asyncio.create_task(app[PLAYER].play())
    yield
    playing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await playing
