"""A connection that ends between its opening and its first message."""

import socket
import ssl
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

from signalrcore.protocol.json_hub_protocol import JsonHubProtocol

from connectors.topstepx.hub.library import Hub


def test_closing_a_connection_whose_receiver_never_began_closes_its_socket_and_raises_nothing() -> None:
    ours, theirs = socket.socketpair()
    client = SimpleNamespace(sock=ours, running=True, recv_thread=Thread(target=lambda: None))
    holder = cast("Any", SimpleNamespace(transport=SimpleNamespace(_client=client)))

    Hub.close_hard(holder, 1.0)

    assert (ours.fileno(), client.running, theirs.recv(1)) == (-1, False, b"")
    theirs.close()


def test_a_connection_that_ends_before_the_handshake_is_told_and_raises_nothing() -> None:
    ends: list[str] = []
    protocol = cast("Any", JsonHubProtocol())
    hub = Hub(
        "ws://127.0.0.1:1/hub", protocol, ssl.create_default_context(), patience=1.0, on_end=ends.append
    )
    transport = cast("Any", hub.transport)
    transport._client = transport.create_client()  # never connected: closed for all who send

    transport.on_socket_open()

    assert ends == ["the connection broke before the handshake: Socket closed by the the server"]
