"""What a simulator does not do: a raw peer that sends the bytes which end the bare library's connections."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.secret import Secret
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.rest.tokens import Token
from connectors.topstepx.rest.transport import trusting_context
from connectors.topstepx.settings import Timings

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
RS = b"\x1e"
TEXT, CONTINUATION, CLOSE, PING, PONG = 1, 0, 8, 9, 10


def frame(opcode: int, payload: bytes, *, is_last: bool = True) -> bytes:
    size = len(payload)
    head = bytes([(0x80 if is_last else 0) | opcode])
    return head + (bytes([size]) if size < 126 else b"\x7e" + struct.pack(">H", size)) + payload


class Peer:
    """Accepts one connection after another and lets `script` deal with each in a thread."""

    def __init__(
        self, script: Callable[["Peer", socket.socket], None], context: ssl.SSLContext | None = None
    ) -> None:
        self.got: list[tuple[int, bytes]] = []
        self._script = script
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.url = f"{'wss' if context else 'ws'}://localhost:{self._listener.getsockname()[1]}/hubs/user"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                raw = self._listener.accept()[0]
                link = self._context.wrap_socket(raw, server_side=True) if self._context else raw
            except OSError:
                if self._listener.fileno() < 0:
                    return
                continue
            self._open.append(link)
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        try:
            request = b""
            while b"\r\n\r\n" not in request:
                request += link.recv(4096)
            self._script(self, link)
        except (OSError, struct.error):
            return

    def read(self, link: socket.socket) -> None:
        """Take one frame of the client into `got`."""
        head = self._exactly(link, 2)
        size = head[1] & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._exactly(link, 2))[0]
        mask, data = self._exactly(link, 4), self._exactly(link, size)
        self.got.append((head[0] & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))))

    @staticmethod
    def _exactly(link: socket.socket, size: int) -> bytes:
        data = b""
        while len(data) < size:
            chunk = link.recv(size - len(data))
            if not chunk:
                raise OSError("gone")
            data += chunk
        return data

    def close(self) -> None:
        self._listener.close()
        for link in self._open:
            link.close()


class Ear:
    """A connection to a peer, and what it told."""

    def __init__(self, peer_url: str, context: ssl.SSLContext | None = None) -> None:
        self.events: list[list[Any]] = []
        self.malformed: list[str] = []
        timings = Timings(connect=0.8, completion=0.5, silent=0.6)
        token = Token(Secret("t"), 1, 0.0, None)
        self.link = Connection(
            peer_url, token, context or trusting_context(), timings, wake=threading.Event()
        )
        self.link.listen(
            ["Told"], lambda target, arguments: self.events.append(arguments), self.malformed.append
        )

    def until(self, holds: Callable[[], Any]) -> None:
        deadline = time.monotonic() + 3
        while not holds():
            assert time.monotonic() < deadline, (self.events, self.malformed)
            time.sleep(0.005)


def greet(peer: Peer, link: socket.socket, more: bytes = b"") -> None:
    link.sendall(UPGRADED)
    peer.read(link)
    link.sendall(frame(TEXT, b"{}" + RS + more))


def told(number: int) -> bytes:
    return b'{"type":1,"target":"Told","arguments":[%d]}' % number + RS


def test_pings_with_content_are_answered_and_break_neither_handshake_nor_fragments() -> None:
    def script(peer: Peer, link: socket.socket) -> None:
        link.sendall(UPGRADED + frame(PING, b"early"))
        peer.read(link)
        peer.read(link)
        link.sendall(frame(TEXT, b"{}" + RS) + frame(PING, b"late") + frame(PONG, b"") + frame(PING, b""))
        text = told(7)
        link.sendall(frame(TEXT, text[:9], is_last=False) + frame(PING, b"within"))
        link.sendall(frame(CONTINUATION, text[9:20], is_last=False) + frame(CONTINUATION, text[20:]))
        while True:
            peer.read(link)

    peer = Peer(script)
    ear = Ear(peer.url)
    ear.link.open()
    ear.until(lambda: ear.events == [[7]])
    ear.until(lambda: sum(opcode == PONG for opcode, _ in peer.got) == 4)

    assert [data for opcode, data in peer.got if opcode == PONG] == [b"early", b"late", b"", b"within"]
    assert not ear.malformed
    ear.link.check()
    ear.link.close()
    peer.close()


def test_events_in_the_same_frame_as_the_handshake_and_next_to_rubbish_are_heard() -> None:
    def script(peer: Peer, link: socket.socket) -> None:
        greet(peer, link, told(1) + b"rubbish" + RS + told(2))
        link.sendall(frame(TEXT, b"\xff\xfe" + RS + told(3)))
        peer.read(link)

    peer = Peer(script)
    ear = Ear(peer.url)
    ear.link.open()
    ear.until(lambda: ear.events == [[1], [2], [3]])

    assert len(ear.malformed) == 2
    ear.link.close()
    peer.close()


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (b"HTTP/1.1 401 Unauthorized\r\nX-Id: 101\r\nContent-Length: 3\r\n\r\n101", 401, "no connection"),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", 503, "no connection"),
        (b"", None, "no connection"),
        (b"rubbish\r\n\r\n", None, "no connection"),
        (UPGRADED + frame(TEXT, b'{"error":"wrong version"}' + RS), None, "wrong version"),
        (UPGRADED + frame(TEXT, b"rubbish" + RS), None, "handshake"),
        (UPGRADED + frame(CLOSE, b""), None, "closed"),
    ],
    ids=range(7),
)
def test_an_upgrade_that_is_not_a_plain_yes_is_a_no_at_once(
    answer: bytes, status: int | None, words: str
) -> None:
    def script(peer: Peer, link: socket.socket) -> None:
        link.sendall(answer)
        time.sleep(0 if not answer else 2)
        link.close()

    peer = Peer(script)
    ear = Ear(peer.url)
    started = time.monotonic()

    with pytest.raises(HubDown, match=words) as caught:
        ear.link.open()

    assert caught.value.status == status
    assert time.monotonic() - started < 0.7 or words == "closed"
    ear.link.close()
    peer.close()
