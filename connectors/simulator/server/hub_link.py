"""One connection to a hub: what it subscribed to, what waits to be sent, when it was last heard."""

import asyncio
import contextlib
import socket
import struct
import sys
from collections.abc import Callable

from aiohttp import web

from connectors.simulator.server.faults import Faults, HubFaults
from connectors.simulator.server.json_text import dump

RECORD_END = "\x1e"
PING = '{"type":6}' + RECORD_END
MOST_WAITING = 100_000
CUTS = ("reset", "fin", "close_frame", "close_record", "close_for_good")


class HubLink:
    """Sends from a bounded queue; a client too slow to empty it is thrown out."""

    def __init__(
        self, hub: str, login: str, socket_: web.WebSocketResponse, request: web.Request, faults: Faults
    ) -> None:
        self.hub = hub
        self.login = login
        self.socket = socket_
        self.subscriptions: set[tuple[str, int | str]] = set()
        self.early = ""
        """What came in one message with the handshake."""
        self._request = request
        self._faults = faults
        self._queue: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)

    @property
    def faults(self) -> HubFaults:
        """What shall go wrong on this hub."""
        return self._faults.hubs[self.hub]

    def wants(self, group: str, key: int | str) -> bool:
        """Return whether this connection subscribed to such events."""
        return (group, key) in self.subscriptions

    def send(self, text: str) -> None:
        """Queue one event, after whatever shall go wrong with it."""
        delay = self.faults.delay_ms / 1000
        for piece in self.faults.shape(text):
            if delay:
                asyncio.get_running_loop().call_later(delay, self.send_now, piece)
            else:
                self.send_now(piece)

    def send_now(self, text: str) -> None:
        """Queue a record that no fault of events touches: completions, pings, close."""
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            self.cut("reset")

    async def write(self, ping_after: Callable[[], float]) -> None:
        """Send what waits; ping after so many seconds without sending."""
        while True:
            try:
                text = await asyncio.wait_for(self._queue.get(), ping_after())
            except TimeoutError:
                text = PING
            while self.faults.frozen:
                await asyncio.sleep(0.02)
            with contextlib.suppress(ConnectionError):
                await self.socket.send_str(text)

    def cut(self, how: str) -> None:
        """End the connection: `reset` and `fin` without a word, the others with a close frame or record."""
        match how:
            case "close_frame":
                asyncio.ensure_future(self.socket.close(code=1001))  # noqa: RUF006 - the socket keeps itself alive
            case "close_record" | "close_for_good":
                record = {"type": 7, "error": "Connection closed with an error."}
                self.send_now(dump({**record, "allowReconnect": how == "close_record"}) + RECORD_END)
                asyncio.get_running_loop().call_later(0.05, self.cut, "close_frame")
            case _:
                self._cut_transport(reset=how == "reset")

    def _cut_transport(self, *, reset: bool) -> None:
        transport = self._request.transport
        if transport is None:
            return
        raw = transport.get_extra_info("socket")
        if reset and raw is not None:
            layout = "hh" if sys.platform == "win32" else "ii"
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0))
        transport.abort()
