"""The small web server behind `risk serve`: a page, its two files, the status, and the status as it changes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Middleware

from cli.serve.feed import Feed
from cli.serve.gate import COOKIE, HEADERS, Gate

PAGE = Path(__file__).with_name("page")
FILES = {"/": ("page.html", "text/html"), "/page.css": ("page.css", "text/css"), "/page.js": ("page.js", "text/javascript")}  # fmt: skip

LOOK = 0.25
"""Seconds between two looks at whether the guard has written a new status."""

BEAT = 2.0
"""Seconds after which the page hears of the age again, so that a dead guard is seen."""

MOST_LISTENERS = 8

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """One page for one home. `serve` runs until the process is asked to end."""

    def __init__(self, home: Path, gate: Gate) -> None:
        self._home = home
        self._gate = gate
        self._listeners = 0

    def serve(self, ready: Callable[[], None]) -> None:
        """Listen on the loopback address alone. Raises OSError if the port is taken."""
        web.run_app(
            self._application(),
            host="127.0.0.1",
            port=self._gate.port,
            print=lambda _: ready(),  # what the library says once it listens
            access_log=None,
            shutdown_timeout=0.5,
        )

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._guarded()], client_max_size=1024)
        for path in FILES:
            application.router.add_get(path, self._file)
        application.router.add_get("/status.json", self._status)
        application.router.add_get("/events", self._events)
        return application

    def _guarded(self) -> Middleware:
        """Return what stands before every request."""

        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            refusal = self._gate.refusal(request.method, request.host, request.cookies, request.query)
            if refusal is not None:
                return web.Response(status=403, text=f"{refusal}\n", headers=HEADERS)
            if "token" in request.query:  # out of the address line, into a cookie that no script can read
                response = web.Response(status=303, headers=HEADERS | {"Location": request.path})
                response.set_cookie(COOKIE, self._gate.token, httponly=True, samesite="Strict", path="/")
                return response
            try:
                return await handler(request)
            except web.HTTPException as error:
                return web.Response(status=error.status, text=f"{error.reason}\n", headers=HEADERS)

        return guarded

    async def _file(self, request: web.Request) -> web.Response:
        name, kind = FILES[request.path]
        return web.Response(
            text=(PAGE / name).read_text(encoding="utf-8"), content_type=kind, headers=HEADERS
        )

    async def _status(self, _: web.Request) -> web.Response:
        return web.Response(text=Feed(self._home).message(), content_type="application/json", headers=HEADERS)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Send the status whenever it changes, and its age in between, until the listener goes."""
        if self._listeners >= MOST_LISTENERS:
            return web.Response(status=503, text="too many pages are open\n", headers=HEADERS)
        self._listeners += 1
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        feed, silent = Feed(self._home), BEAT
        try:
            await response.prepare(request)
            while True:
                if feed.changed() or silent >= BEAT:
                    await response.write(f"data: {feed.message()}\n\n".encode())
                    silent = 0.0
                await asyncio.sleep(LOOK)
                silent += LOOK
        except ConnectionError:
            return response  # the page was closed
        finally:
            self._listeners -= 1
