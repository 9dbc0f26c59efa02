"""The port: opened once, and (as a fault) closed and opened again while the venue itself lives on."""

import asyncio
from collections.abc import Collection

from aiohttp import web

from connectors.simulator.server.hub_link import HubLink

LOOPBACK = "127.0.0.1"
TIME_TO_ANSWER = 0.1


class Listener:
    """Listens on one port of this machine; `port` 0 takes a free one and keeps it."""

    def __init__(self, links: Collection[HubLink], application: web.Application, port: int) -> None:
        self.port = port
        self._links = links
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        self._site: web.TCPSite | None = None

    async def open(self) -> None:
        """Start to listen. Raises OSError if the port is in use."""
        if self._runner.server is None:
            await self._runner.setup()
        self._site = web.TCPSite(self._runner, LOOPBACK, self.port)
        await self._site.start()
        self.port = int(self._runner.addresses[0][1])

    async def restart(self, seconds: float) -> None:
        """Be gone for `seconds`: nobody is let in, every connection is reset."""
        await asyncio.sleep(TIME_TO_ANSWER)
        if self._site is not None:
            await self._site.stop()
        for link in list(self._links):
            link.cut("reset")
        if self._runner.server is not None:
            for connection in self._runner.server.connections:
                if connection.transport is not None:
                    connection.transport.abort()
        await asyncio.sleep(seconds)
        await self.open()

    async def close(self) -> None:
        """Stop for good."""
        await self._runner.cleanup()
