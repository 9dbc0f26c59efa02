"""The way to an address: its name, a connection, and TLS with a verified certificate."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown
from connectors.topstepx.wording import plain

_SECURE = {"https", "wss"}


def look(name: str, url: str, context: ssl.SSLContext, patience: float) -> Iterator[Step]:
    """Yield what there is to say about reaching an address. `name` says whose it is."""
    parts = urlsplit(url)
    is_secure = parts.scheme in _SECURE
    host, port = parts.hostname or "", parts.port or (443 if is_secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        fix = "check the address in settings.yaml, then this computer's network and DNS"
        yield failed(f"{name}: DNS", f"{host} has no address: {plain(error)}", fix, Trouble.UNREACHABLE)
        yield unknown(f"{name}: connection", "not tried without an address")
        return
    addresses = sorted({str(row[4][0]) for row in found})
    yield passed(f"{name}: DNS", f"{host} is {', '.join(addresses[:3])}")
    yield _connection(name, host, port, context if is_secure else None, patience)


def _connection(name: str, host: str, port: int, context: ssl.SSLContext | None, patience: float) -> Step:
    step = f"{name}: {'TLS' if context else 'connection'}"
    try:
        with socket.create_connection((host, port), timeout=patience) as raw:
            if context is None:
                return passed(step, f"port {port} of this computer answers; plain is allowed here only")
            with context.wrap_socket(raw, server_hostname=host) as secure:
                return _certificate(step, secure.version() or "TLS", secure.getpeercert() or {})
    except ssl.SSLCertVerificationError as error:
        fix = "something between here and the gateway breaks TLS: a proxy, a virus scanner, or a wrong system clock"
        return failed(
            step, f"the certificate is not trusted: {plain(error.verify_message)}", fix, Trouble.UNREACHABLE
        )
    except OSError as error:
        fix = "check the address and port in settings.yaml, and whether a firewall is in the way"
        return failed(step, f"no connection to {host}:{port}: {plain(error)}", fix, Trouble.UNREACHABLE)


def _certificate(step: str, protocol: str, certificate: dict[str, Any]) -> Step:
    ends = certificate.get("notAfter")
    until = (
        datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC).date() if isinstance(ends, str) else None
    )
    return passed(step, f"{protocol}, certificate good until {until}" if until else protocol)
