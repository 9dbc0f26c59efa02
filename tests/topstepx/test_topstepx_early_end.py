"""A connection that ends between its opening and the start of its receiver."""

import socket
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

from connectors.topstepx.hub.library import Hub


def test_closing_a_connection_whose_receiver_never_began_closes_its_socket_and_raises_nothing() -> None:
    ours, theirs = socket.socketpair()
    client = SimpleNamespace(sock=ours, running=True, recv_thread=Thread(target=lambda: None))
    holder = cast("Any", SimpleNamespace(transport=SimpleNamespace(_client=client)))

    Hub.close_hard(holder, 1.0)

    assert (ours.fileno(), client.running, theirs.recv(1)) == (-1, False, b"")
    theirs.close()
