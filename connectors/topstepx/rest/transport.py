"""One HTTP request and its answer: verified TLS, warm connections, a deadline for the whole answer."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, NewConnectionError

from connectors.failures import NotSent, Unreachable
from connectors.secret import Secret
from connectors.topstepx.wording import plain

_MOST_BYTES = 64 * 1024 * 1024
_CHUNK = 64 * 1024


def trusting_context() -> ssl.SSLContext:
    """Return TLS settings that verify host and certificate, against the system's authorities and certifi's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Adapter(HTTPAdapter):
    """Keeps connections open and never repeats a request by itself."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=2, pool_maxsize=8, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, the headers that matter, the bytes of the body."""

    status: int
    date: str | None
    retry_after: str | None
    body: bytes


class Transport:
    """Posts to one gateway. Thread-safe; connections are shared by all callers and stay warm."""

    def __init__(
        self,
        api: str,
        context: ssl.SSLContext,
        connect_timeout: float,
        read_timeout: float,
        overheard: Callable[[str, str, Reply], None] | None = None,
    ) -> None:
        """`overheard` gets path, body and answer of every request."""
        self._api = api
        self._overheard = overheard
        self._timeouts = (connect_timeout, read_timeout)
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy, a netrc or a CA file of the environment must not steer us
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.mount("https://", _Adapter(context))
        self._session.mount("http://", _Adapter(context))

    def post(self, path: str, body: str, token: Secret | None) -> Reply:
        """Send one POST and return its answer, whatever the status. Never repeats.

        Raises NotSent when no connection came about, Unreachable when it is unknown whether it was executed.
        """
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if token is not None:
            headers["Authorization"] = f"Bearer {token.reveal()}"
        request = requests.PreparedRequest()
        request.prepare("POST", self._api + path, headers=headers, data=body.encode())
        try:
            reply = self._answer(request)
        except (requests.RequestException, HTTPError, OSError) as error:
            if _never_connected(error):
                raise NotSent(f"no connection to the gateway: {_cause(error)}") from None
            raise Unreachable(f"the gateway gave no whole answer: {_cause(error)}") from None
        if self._overheard is not None:
            self._overheard(path, body, reply)
        return reply

    def close(self) -> None:
        self._session.close()

    def _answer(self, request: requests.PreparedRequest) -> Reply:
        deadline = time.monotonic() + sum(self._timeouts)
        with self._session.send(
            request, timeout=self._timeouts, stream=True, verify=True, allow_redirects=False
        ) as response:
            body = bytearray()
            while chunk := response.raw.read1(_CHUNK):
                body += chunk
                if time.monotonic() > deadline:
                    raise Unreachable("the gateway's answer trickles in too slowly")
                if len(body) > _MOST_BYTES:
                    raise Unreachable("the gateway's answer is too large")
            headers = response.headers
            return Reply(response.status_code, headers.get("Date"), headers.get("Retry-After"), bytes(body))


def _reason(error: BaseException) -> object:
    """Return what requests has wrapped, if it has."""
    return getattr(error.args[0] if error.args else None, "reason", None) or error


def _never_connected(error: BaseException) -> bool:
    """Return whether nothing was sent for certain: no address, no connection, no trust in the certificate."""
    if isinstance(error, requests.ConnectTimeout) or isinstance(_reason(error), NewConnectionError):
        return True
    return isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in repr(error)


def _cause(error: BaseException) -> str:
    return plain(str(_reason(error)).rsplit("): ", 1)[-1])
