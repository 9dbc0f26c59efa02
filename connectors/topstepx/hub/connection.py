"""One connection to a hub, from its start to its end; used once, then thrown away."""

import ssl
import time
from collections.abc import Callable, Iterable
from functools import partial
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import quote

from signalrcore.messages.completion_message import CompletionMessage

from connectors.topstepx.hub.dialing import UpgradeRefused
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.hub.library import Hub
from connectors.topstepx.hub.protocol import TolerantProtocol
from connectors.topstepx.rest.tokens import Token
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import plain

_UNASKED = "unasked"
LOGOUT_TARGETS = ("GatewayLogout", "gatewaylogout")


class Connection:
    """A hub connection. `hear` gets every event, on the receive thread, until `close`; `wake` is set on news."""

    def __init__(
        self,
        url: str,
        token: Token,
        context: ssl.SSLContext,
        timings: Timings,
        *,
        wake: Event,
        overheard: Callable[[str], None] | None = None,
    ) -> None:
        self.token = token
        self.was_logged_out = False
        self._timings = timings
        self._wake = wake
        self._news = Condition()
        self._opened = False
        self._end: str | None = None
        self._status: int | None = None
        self._answers: dict[str, str | None] = {}
        self._asked = 0
        self._last_frame = self._last_ping = time.monotonic()
        self._malformed: Callable[[str], None] = lambda what: None
        self._take: Callable[[str], bool] = lambda record: False
        address = f"{url}?access_token={quote(token.secret.reveal(), safe='')}"
        self._hub = Hub(
            address, TolerantProtocol(self, overheard), context, patience=timings.connect, on_end=self._ended
        )
        self._hub.on_open(self._on_open)
        self._hub.on_error(self._on_error)
        for target in LOGOUT_TARGETS:
            self._hub.on(target, self._on_logout)

    def listen(
        self,
        targets: Iterable[str],
        hear: Callable[[str, list[Any]], None],
        malformed: Callable[[str], None],
        take: Callable[[str], bool] = lambda record: False,
    ) -> None:
        """Hand the events of these targets to `hear`, what cannot be read to `malformed`; `take` may keep records raw."""
        self._malformed = malformed
        self._take = take
        for target in targets:
            self._hub.on(target, partial(self._guarded, hear, target))

    def open(self) -> None:
        """Connect and shake hands. Raises HubDown, at the latest after the time-out."""
        deadline = time.monotonic() + self._timings.connect
        Thread(target=self._start, name="risk-hub-start", daemon=True).start()
        with self._news:
            while not self._opened and self._end is None:
                if not self._news.wait(max(deadline - time.monotonic(), 0.0)):
                    raise HubDown("no answer to the connection within the time-out")
        self.check()
        self.ping()

    def check(self) -> None:
        """Raise HubDown when the connection has ended, or nothing at all came for too long."""
        if self._end is not None:
            raise HubDown(self._end, self._status)
        silence = time.monotonic() - self._last_frame
        if silence > self._timings.silent:
            raise HubDown(f"nothing heard for {silence:.0f} s")

    def invoke(self, method: str, argument: object = None) -> str | None:
        """Call a method of the hub and wait for its completion: None when good, else the venue's error.

        Raises HubDown when no completion comes in time.
        """
        self._asked += 1
        name = str(self._asked)
        arguments = [] if argument is None else [argument]

        self._sending(lambda: self._hub.send(method, arguments, self._on_completion, name))
        deadline = time.monotonic() + self._timings.completion
        with self._news:
            while name not in self._answers:
                if self._end is not None:
                    raise HubDown(self._end)
                if not self._news.wait(max(deadline - time.monotonic(), 0.0)):
                    raise HubDown(f"no answer to {method} within the time-out")
            return self._answers.pop(name)

    def tell(self, method: str, argument: object) -> None:
        """Call a method of the hub without waiting for its completion. Raises HubDown."""
        self._sending(lambda: self._hub.send(method, [argument], None, _UNASKED))

    def ping(self) -> None:
        """Tell the venue that we are there; without pings it drops us. Raises HubDown."""
        self._last_ping = time.monotonic()
        self._sending(self._hub.ping)

    def ping_if_due(self) -> None:
        if time.monotonic() - self._last_ping >= self._timings.ping:
            self.ping()

    def abandon(self, reason: str) -> None:
        """Let whoever uses this connection give up at once; the owner still has to close it."""
        self._ended(reason)

    def close(self) -> None:
        """End the connection hard; nothing is heard from it afterwards."""
        self._ended("we closed the connection")
        self._hub.close_hard(self._timings.close)

    def frame(self) -> None:
        self._last_frame = time.monotonic()

    def malformed(self, what: str) -> None:
        self._malformed(what)

    def take(self, record: str) -> bool:
        return self._end is None and self._take(record)

    def refused(self, why: str) -> None:
        self._ended(why)

    def _start(self) -> None:
        """Start the library's connection, which may hang; if it was given up meanwhile, end it."""
        try:
            self._hub.start()
        except Exception as error:
            self._status = error.status if isinstance(error, UpgradeRefused) else None
            self._ended(f"no connection: {error}")
        if self._end is not None:
            self._hub.close_hard(self._timings.close)

    def _sending(self, send: Callable[[], object]) -> None:
        try:
            send()
        except (ValueError, OSError) as error:
            self._ended(f"sending failed: {error}")
            raise HubDown(f"sending failed: {error}") from error

    def _guarded(self, hear: Callable[[str, list[Any]], None], target: str, arguments: list[Any]) -> None:
        """Hand an event on. An exception here would end the library's receive thread, so it becomes a report."""
        if self._end is not None:
            return
        try:
            hear(target, arguments)
        except Exception as error:
            self._malformed(f"{target} could not be handled: {error!r}")

    def _on_open(self) -> None:
        with self._news:
            self._opened = True
            self._news.notify_all()

    def _on_completion(self, message: CompletionMessage) -> None:
        self._answered(message.invocation_id, None)

    def _on_error(self, message: Any) -> None:
        error = plain(getattr(message, "error", message)) or "error"
        self._answered(getattr(message, "invocation_id", ""), error)

    def _answered(self, name: str, error: str | None) -> None:
        if name == _UNASKED:
            return
        with self._news:
            self._answers[name] = error
            self._news.notify_all()

    def _on_logout(self, _: list[Any]) -> None:
        self.was_logged_out = True
        self._ended("the venue logged us out: another session may have taken over")

    def _ended(self, reason: str) -> None:
        with self._news:
            self._end = self._end or reason
            self._news.notify_all()
        self._wake.set()
