"""The contract with signalrcore 1.0.2: every name of its insides that we use or replace. A new release must pass this."""

import inspect
import logging
import socket
import threading
from importlib.metadata import version

import pytest
from signalrcore.helpers import Helpers
from signalrcore.hub.base_hub_connection import BaseHubConnection
from signalrcore.protocol.json_hub_protocol import JsonHubProtocol
from signalrcore.transport.sockets.base_socket_client import BaseSocketClient
from signalrcore.transport.websockets.websocket_client import WebSocketClient
from signalrcore.transport.websockets.websocket_transport import WebsocketTransport

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.library import quiet_library
from connectors.topstepx.rest.tokens import Token
from connectors.topstepx.rest.transport import trusting_context
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import Forwarding


def test_the_pinned_release_is_installed() -> None:
    assert version("signalrcore") == "1.0.2"


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (BaseHubConnection, "start"),
        (BaseHubConnection, "on"),
        (BaseHubConnection, "on_open"),
        (BaseHubConnection, "on_error"),
        (BaseHubConnection, "on_message"),
        (BaseHubConnection, "send"),
        (WebsocketTransport, "start"),
        (WebsocketTransport, "send"),
        (WebsocketTransport, "create_client"),
        (WebsocketTransport, "on_message"),
        (WebsocketTransport, "on_socket_open"),
        (WebsocketTransport, "on_socket_close"),
        (WebsocketTransport, "on_socket_error"),
        (WebSocketClient, "connect"),
        (WebSocketClient, "run"),
        (WebSocketClient, "send"),
        (WebSocketClient, "get_socket_headers"),
        (WebSocketClient, "_recv_exactly"),
        (WebSocketClient, "_recv_frame"),
        (WebSocketClient, "_read_one_frame"),
        (JsonHubProtocol, "decode_handshake"),
        (JsonHubProtocol, "parse_messages"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_method_that_we_call_or_replace_is_still_there(owner: type, name: str) -> None:
    assert callable(getattr(owner, name))


def test_the_library_still_calls_what_we_replace() -> None:
    assert "self.create_client()" in inspect.getsource(WebsocketTransport.start)
    assert "self._client.connect()" in inspect.getsource(WebsocketTransport.start)
    assert "self.on_socket_close" in inspect.getsource(WebsocketTransport.create_client)
    assert "self._client.send(" in inspect.getsource(WebsocketTransport.send)
    assert "self._recv_frame()" in inspect.getsource(BaseSocketClient.run)
    assert "self._recv_exactly(" in inspect.getsource(WebSocketClient._read_one_frame)
    assert "self._callbacks" in inspect.getsource(BaseHubConnection.on_open)


def test_the_names_that_exist_only_on_a_running_connection_are_there(simulator: SimulatorProcess) -> None:
    answer = quick_login(simulator)
    link = Connection(simulator.user_hub, answer, trusting_context(), Timings(), wake=threading.Event())
    link.open()
    transport = link._hub.transport
    client = transport._client

    assert transport.manually_closing is False
    assert client.running is True
    assert client.recv_thread.is_alive()
    assert isinstance(client.sock, socket.socket)
    assert client.sock.gettimeout() is None
    assert client.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    assert client.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0

    link.close()
    assert client.sock.fileno() == -1
    assert not client.recv_thread.is_alive()


def quick_login(simulator: SimulatorProcess) -> Token:
    """Return a token by the shortest way."""
    import requests

    from connectors.secret import Secret

    body = {"userName": simulator.user_name, "apiKey": simulator.api_key}
    with requests.post(simulator.api + "/api/Auth/loginKey", json=body, timeout=5) as reply:
        return Token(Secret(reply.json()["token"]), 1, 0.0, None)


def test_the_librarys_log_is_quiet_redacted_and_goes_nowhere_else() -> None:
    quiet_library()
    quiet_library()
    logger = Helpers.get_logger()

    assert logger.level == logging.WARNING
    assert logger.propagate is False
    assert sum(isinstance(handler, Forwarding) for handler in logger.handlers) == 1
    assert len(logger.filters) == 1
