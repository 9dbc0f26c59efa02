"""The whole client over TLS: trusted, not trusted, and several threads sending on one connection."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from connectors.failures import NotSent
from connectors.secret import Secret
from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.rest.keeper import TokenKeeper
from connectors.topstepx.rest.tokens import Token
from connectors.topstepx.rest.transport import trusting_context
from connectors.topstepx.settings import GatewayUrls, Timings
from engine.commands import ClosePosition
from engine.events import Answer

MNQ = "CON.F.US.MNQ.Z26"
CERTIFICATE = (
    "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
)


class Tunnel:
    """Takes TLS off in front of the simulator and passes the bytes on."""

    def __init__(self, folder: Path, port: int) -> None:
        self.certificate = folder / "certificate.pem"
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("openssl is not installed, so there is no certificate to test with")
        files = ["-keyout", str(folder / "key.pem"), "-out", str(self.certificate)]
        subprocess.run([openssl, *CERTIFICATE.split(), *files], check=True, capture_output=True)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate, folder / "key.pem")
        self._venue = port
        self._listener = socket.create_server(("localhost", 0))
        self._listener.settimeout(0.1)
        self._is_open = True
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        authority = f"localhost:{self._listener.getsockname()[1]}"
        self.urls = GatewayUrls(
            f"https://{authority}", f"https://{authority}/hubs/user", f"wss://{authority}/hubs/market"
        )

    def _accept(self) -> None:
        while self._is_open:
            try:
                raw, _ = self._listener.accept()
            except OSError:
                continue
            raw.settimeout(5.0)
            try:
                client = self._context.wrap_socket(raw, server_side=True)
            except OSError:
                raw.close()
                continue
            client.settimeout(None)
            venue = socket.create_connection(("127.0.0.1", self._venue))
            self._sockets += [client, venue]
            for pair in ((client, venue), (venue, client)):
                self._threads.append(threading.Thread(target=self._pass_on, args=pair, daemon=True))
                self._threads[-1].start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        self._is_open = False
        for one in self._sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        for thread in self._threads:
            thread.join(2.0)
        for one in (*self._sockets, self._listener):
            one.close()


@pytest.fixture
def tunnel(simulator: SimulatorProcess, tmp_path: Path) -> Iterator[Tunnel]:
    made = Tunnel(tmp_path, urlsplit(simulator.api).port or 0)
    yield made
    made.close()


def test_over_tls_a_fill_is_heard_and_a_close_goes_out(
    simulator: SimulatorProcess, tunnel: Tunnel, desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tunnel.certificate))
    account, client = simulator.accounts[0], desk(urls=tunnel.urls, connect=5.0).start()

    simulator.place(account, "MNQ", "buy", 2)
    client.until(lambda: client.size(account, MNQ) == 2)
    answered = client.gateway.execute(account, ClosePosition("c", "e", MNQ))
    client.until(lambda: client.size(account, MNQ) == 0)
    client.gateway.stop()

    assert answered.answer is Answer.ACCEPTED


def test_a_certificate_that_nobody_vouches_for_ends_it_before_anything_is_sent(
    simulator: SimulatorProcess, tunnel: Tunnel, desk: Callable[..., Any]
) -> None:
    with pytest.raises(NotSent, match="certificate"):
        desk(urls=tunnel.urls).gateway.connect()
    token = Token(Secret("t"), 1, 0.0, None)
    link = Connection(
        tunnel.urls.user_hub or "", token, trusting_context(), Timings(connect=3.0), wake=threading.Event()
    )

    with pytest.raises(HubDown, match=r"(?i)certificate"):
        link.open()

    link.close()
    assert simulator.control("/sim/connections")["requests"] == {}


def test_four_threads_sending_on_one_tls_connection_do_not_break_it(
    simulator: SimulatorProcess, tunnel: Tunnel, desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tunnel.certificate))
    client = desk(urls=tunnel.urls)
    client.gateway.connect()
    keeper: TokenKeeper = client.gateway._rest.keeper
    link = Connection(
        tunnel.urls.user_hub or "", keeper.token(), trusting_context(), Timings(), wake=threading.Event()
    )
    link.open()

    senders = [threading.Thread(target=lambda: [link.ping() for _ in range(1000)]) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(20)

    assert link.invoke("SubscribeAccounts") is None
    link.check()
    link.close()
