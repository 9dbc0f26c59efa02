"""The only place that touches the insides of signalrcore 1.0.2; a test fails when one of the names is gone.

Why not the library's own connection: it has no time-outs and no keep-alive, feeds WebSocket pings to the JSON
parser, takes any answer that contains "101" for a yes, drops what comes right behind that answer, does not
tell that a connection ended before it was open, and can hang for ever when it is stopped.
"""

import logging
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from signalrcore.helpers import Helpers
from signalrcore.hub.base_hub_connection import BaseHubConnection
from signalrcore.messages.ping_message import PingMessage
from signalrcore.transport.sockets.errors import SocketClosedError
from signalrcore.transport.websockets.websocket_client import WebSocketClient
from signalrcore.transport.websockets.websocket_transport import WebsocketTransport

from connectors.topstepx.hub.dialing import dial, upgrade
from connectors.topstepx.hub.protocol import TolerantProtocol
from connectors.topstepx.wording import Forwarding, Redacting

_CLOSE, _PING, _PONG = 0x8, 0x9, 0xA
_CHUNK = (
    4096  # bytes: few system calls in a burst of quotes, and the other hub's thread gets its turn in between
)


def quiet_library() -> None:
    """Keep the library's log from printing tokens: warnings only, redacted, through our own logger."""
    logger: logging.Logger = Helpers.get_logger()  # type: ignore[no-untyped-call]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    if not any(isinstance(handler, Forwarding) for handler in logger.handlers):
        logger.handlers[:] = [Forwarding()]
    if not any(isinstance(kept, Redacting) for kept in logger.filters):
        logger.addFilter(Redacting())


class _Socket(WebSocketClient):
    """A WebSocket with time-outs, keep-alive, control frames handled and one lock around every send."""

    def __init__(self, *, patience: float, **options: Any) -> None:
        super().__init__(**options)
        self.sock: socket.socket | None = None
        self._patience = patience
        self._sending = threading.Lock()
        self._received = bytearray()

    def connect(self) -> None:
        """Connect, upgrade, and start to receive. Raises UpgradeRefused, OSError."""
        self.sock = dial(self.url, self.ssl_context, self._patience)
        headers = self.get_socket_headers()  # type: ignore[no-untyped-call]
        self._received += upgrade(self.sock, "\r\n".join([*headers, "", ""]))
        self.running = True
        self.recv_thread = threading.Thread(target=self.run, name=self.thread_name, daemon=True)
        self.recv_thread.start()

    def run(self) -> None:
        """Receive until the end, without a time-out: from here on the supervisor watches."""
        if self.sock is not None:
            self.sock.settimeout(
                None
            )  # here, not after `connect`: beside a running receive it makes that fail
        super().run()  # type: ignore[no-untyped-call]

    def send(self, message: str | bytes, opcode: int = 0x1) -> None:  # type: ignore[override]
        with self._sending:
            super().send(message, opcode)

    def _recv_exactly(self, n: int) -> bytes:
        """Return n bytes; what is there beyond them is kept for the next call."""
        while len(self._received) < n:
            chunk = self.sock.recv(_CHUNK) if self.sock is not None else b""
            if not chunk:
                raise SocketClosedError
            self._received += chunk
        data = bytes(self._received[:n])
        del self._received[:n]
        return data

    def _recv_frame(self) -> str | bytes | None:
        """Return the next whole message; control frames, also between its fragments, are dealt with here."""
        parts = []
        while True:
            is_last, opcode, data = self._read_one_frame()  # type: ignore[no-untyped-call]
            if opcode == _CLOSE:
                raise SocketClosedError
            if opcode == _PING:
                self.send(data, _PONG)
            elif opcode != _PONG:
                parts.append(data)
                if is_last:
                    return b"".join(parts).decode("utf-8", errors="replace")


class _Transport(WebsocketTransport):
    """The library's transport with our socket; `on_end` hears of every end, with its reason."""

    def __init__(self, *, patience: float, on_end: Callable[[str], None], **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._patience = patience
        self._on_end = on_end

    def on_socket_open(self) -> None:
        try:
            super().on_socket_open()  # type: ignore[no-untyped-call]
        except ValueError as error:  # the library's word for an end before the handshake was sent
            self._on_end(f"the connection broke before the handshake: {error}")

    def on_socket_close(self) -> None:
        super().on_socket_close()  # type: ignore[no-untyped-call]
        self._on_end("the venue closed the connection")

    def on_socket_error(self, error: Exception) -> None:
        super().on_socket_error(error)
        self._on_end(f"the connection broke: {error}")

    def create_client(self) -> _Socket:
        return _Socket(
            patience=self._patience,
            url=self.url,
            headers=self.headers,
            ssl_context=self.ssl_context,
            on_message=self.on_message,
            on_error=self.on_socket_error,
            on_close=self.on_socket_close,
            on_open=self.on_socket_open,
        )


class Hub(BaseHubConnection):
    """A hub connection for one use: started once, closed once, then thrown away. Nothing reconnects it."""

    def __init__(
        self,
        url: str,
        protocol: TolerantProtocol,
        context: ssl.SSLContext,
        *,
        patience: float,
        on_end: Callable[[str], None],
    ) -> None:
        quiet_library()
        super().__init__(url, skip_negotiation=True, ssl_context=context, protocol=protocol)
        self.protocol = protocol
        self.transport = _Transport(
            patience=patience,
            on_end=on_end,
            url=url,
            protocol=protocol,
            headers={},
            ssl_context=context,
            on_close=self._callbacks.on_close,
            on_open=self._callbacks.on_open,
            on_message=self.on_message,
        )

    def start(self) -> bool:
        return bool(self.transport.start())

    def ping(self) -> None:
        """Send a hub ping. Raises ValueError or OSError when the connection is gone."""
        self.transport.send(PingMessage())  # type: ignore[no-untyped-call]

    def close_hard(self, patience: float) -> None:
        """End the connection at once, whatever state it is in; waits at most `patience` seconds.

        The socket is shut down before it is closed: closing alone does not wake a blocked receive.
        """
        transport = self.transport
        transport.manually_closing = True
        client = getattr(transport, "_client", None)
        if client is None or client.sock is None:
            return
        client.running = False
        with suppress(OSError):  # already gone, which is what we want
            client.sock.shutdown(socket.SHUT_RDWR)
        receiver = client.recv_thread
        is_started = receiver is not None and receiver.ident is not None  # it may have ended before it began
        if is_started and receiver is not threading.current_thread():
            receiver.join(patience)
        client.sock.close()
