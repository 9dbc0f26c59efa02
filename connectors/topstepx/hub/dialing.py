"""Opening a WebSocket: a connected socket with time-outs and keep-alive, and an upgrade that is a plain yes."""

import re
import socket
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: |\r|$)")
_MOST_HEADERS = 65536
# TCP notices within 15 s that the network is gone: first probe after 5 s idle, then 3 more, each 2 s apart;
# data that nobody acknowledges for 6 s ends the connection too (a ping of ours at the wrong moment holds probes up,
# so more would be too long). Not every system has every option.
_TCP_OPTIONS = (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 6_000))


class UpgradeRefused(OSError):
    """The venue answered the upgrade with something else than yes. `status`: the HTTP status, if there was one."""

    def __init__(self, reason: str, status: int | None) -> None:
        super().__init__(reason)
        self.status = status


def dial(url: str, context: ssl.SSLContext, patience: float) -> socket.socket:
    """Return a socket connected to a ws or wss address; each step may take `patience` seconds. Raises OSError."""
    parts = urlsplit(url)
    host, is_secure = parts.hostname or "", parts.scheme == "wss"
    raw = socket.create_connection((host, parts.port or (443 if is_secure else 80)), timeout=patience)
    try:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _TCP_OPTIONS:
            if hasattr(socket, name):
                with suppress(OSError):  # the watchdog on received frames does not need them
                    raw.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        return context.wrap_socket(raw, server_hostname=host) if is_secure else raw
    except BaseException:
        raw.close()
        raise


def upgrade(connected: socket.socket, request: str) -> bytes:
    """Send the upgrade request and return what came right behind the answer. Raises UpgradeRefused, OSError."""
    connected.sendall(request.encode())
    answer = bytearray()
    while b"\r\n\r\n" not in answer:
        chunk = connected.recv(65536)
        if not chunk or len(answer) > _MOST_HEADERS:
            raise UpgradeRefused("the upgrade was not answered", None)
        answer += chunk
    head, _, behind = bytes(answer).partition(b"\r\n\r\n")
    status = _STATUS.match(head)
    if status is None or status[1] != b"101":
        line = head.split(b"\r\n")[0].decode(errors="replace")
        raise UpgradeRefused(f"the upgrade was refused: {line}", int(status[1]) if status else None)
    return behind
