"""The web application: every route, the venue's own time in the `Date` header, and the running loop beside it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from connectors.simulator.core.instants import http_date
from connectors.simulator.server import control_routes, hub_routes, rest_routes
from connectors.simulator.server.host import HOST, Host


def build(host: Host) -> web.Application:
    """Return the application of one venue."""
    app = web.Application()
    app[HOST] = host
    app.router.add_get("/api/Status/ping", rest_routes.ping)
    for path in (rest_routes.LOGIN, *rest_routes.ENDPOINTS):
        app.router.add_post(path, rest_routes.answer)
    app.router.add_get("/hubs/{hub:user|market}", hub_routes.connect)
    app.router.add_post("/hubs/{hub:user|market}/negotiate", hub_routes.negotiate)
    for path in control_routes.DOORS:
        app.router.add_post(path, control_routes.answer)
    app.on_response_prepare.append(_stamp)
    app.cleanup_ctx.append(_run_host)
    return app


async def _stamp(request: web.Request, response: web.StreamResponse) -> None:
    clock = request.app[HOST].clock
    response.headers["Date"] = http_date(clock.now() + clock.skew)


async def _run_host(app: web.Application) -> AsyncIterator[None]:
    running = asyncio.create_task(app[HOST].run())
    yield
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
