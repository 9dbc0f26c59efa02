"""Every REST endpoint in one table, and the way of a call: budget, fault, token, body, answer."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from connectors.simulator.server import (
    rest_accounts,
    rest_contracts,
    rest_orders,
    rest_positions,
    rest_searches,
)
from connectors.simulator.server.faults import RestFault
from connectors.simulator.server.host import HOST, Host
from connectors.simulator.server.json_text import dump, load
from connectors.simulator.server.reading import BadRequest, Body
from connectors.simulator.server.reply import Reply, bad, problem_details
from connectors.simulator.server.sessions import Session

LOGIN = "/api/Auth/loginKey"
ENDPOINTS: dict[str, Callable[[Host, Session, Body], Reply]] = {
    "/api/Auth/validate": rest_accounts.validate,
    "/api/Auth/logout": rest_accounts.logout,
    "/api/Account/search": rest_accounts.search,
    "/api/Contract/search": rest_contracts.search,
    "/api/Contract/searchById": rest_contracts.search_by_id,
    "/api/Contract/available": rest_contracts.available,
    "/api/History/retrieveBars": rest_contracts.bars,
    "/api/Order/search": rest_searches.orders,
    "/api/Order/searchOpen": rest_searches.open_orders,
    "/api/Order/searchById": rest_searches.order_by_id,
    "/api/Order/v2/query": rest_searches.query,
    "/api/Order/place": rest_orders.place,
    "/api/Order/modify": rest_orders.modify,
    "/api/Order/cancel": rest_orders.cancel,
    "/api/Position/searchOpen": rest_positions.search_open,
    "/api/Position/closeContract": rest_positions.close,
    "/api/Position/partialCloseContract": rest_positions.partial_close,
    "/api/Trade/search": rest_searches.trades,
}
BODYLESS = ("/api/Auth/validate", "/api/Auth/logout")


async def ping(request: web.Request) -> web.Response:
    """Status/ping: plain text, no token."""
    return web.Response(text="pong")


async def answer(request: web.Request) -> web.StreamResponse:
    """Serve one REST call, after whatever shall go wrong with it."""
    host = request.app[HOST]
    raw = await request.read()
    host.requests[request.path] = host.requests.get(request.path, 0) + 1
    fault = host.faults.next_rest(request.path)
    if fault is None:
        return _execute(host, request, raw)
    return await _with_fault(host, request, raw, fault)


async def _with_fault(host: Host, request: web.Request, raw: bytes, fault: RestFault) -> web.StreamResponse:
    """Fail before execution, or execute and then lose, delay or spoil the answer."""
    if fault.kind == "status":
        retry = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return web.Response(status=fault.status, headers=retry)
    if fault.kind == "code":
        return _json(200, bad(fault.code, fault.message))
    if fault.kind in ("drop_before", "hang_before"):
        await asyncio.sleep(fault.seconds)
        return _drop(request)
    response = _execute(host, request, raw)
    await asyncio.sleep(fault.seconds)
    if fault.kind in ("drop_after", "hang_after"):
        return _drop(request)
    if fault.kind == "garbage":
        return web.Response(text="<html>gateway</html>", content_type="text/html")
    return response


def _execute(host: Host, request: web.Request, raw: bytes) -> web.Response:
    try:
        if request.path == LOGIN:
            return _login(host, raw)
        return _authorized(host, request, raw)
    except BadRequest as error:
        return _json(400, problem_details(error))


def _login(host: Host, raw: bytes) -> web.Response:
    body = _body(raw)
    if not host.limits.allows(body.text("userName").lower(), LOGIN):
        return web.Response(status=429)
    return _json(200, rest_accounts.login(host, body))


def _authorized(host: Host, request: web.Request, raw: bytes) -> web.Response:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    session = host.sessions.find(token, host.clock.now())
    if session is None:
        return web.Response(status=401)
    if not host.limits.allows(session.login.lower(), request.path):
        return web.Response(status=429)
    body = Body({}) if request.path in BODYLESS else _body(raw)
    return _json(200, ENDPOINTS[request.path](host, session, body))


def _body(raw: bytes) -> Body:
    try:
        return Body(load(raw))
    except ValueError as error:
        raise BadRequest("$", "The body is not valid JSON.") from error


def _json(status: int, reply: Reply) -> web.Response:
    return web.Response(status=status, text=dump(reply), content_type="application/json")


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
