"""A hub: upgrade and handshake, each Subscribe, and the first thing it says by itself."""

import ssl
import time
from collections.abc import Iterator, Sequence
from threading import Event
from typing import Any

from connectors.failures import ConnectorError
from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.rest.keeper import TokenKeeper
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import plain

Subscription = tuple[str, object]


class HubLook:
    """Uses one connection and closes it."""

    def __init__(
        self,
        name: str,
        url: str,
        keeper: TokenKeeper,
        context: ssl.SSLContext,
        timings: Timings,
        *,
        patience: float,
    ) -> None:
        """`patience`: seconds to wait for the first event."""
        self._name = name
        self._url = url
        self._keeper = keeper
        self._context = context
        self._timings = timings
        self._patience = patience
        self._wake = Event()
        self._heard: list[str] = []
        self._malformed: list[str] = []

    def steps(
        self, targets: Sequence[str], subscriptions: Sequence[Subscription], silence: str
    ) -> Iterator[Step]:
        """Yield each step. `silence` says what it may mean when no event comes."""
        stage = f"{self._name}: handshake"
        try:
            token = self._keeper.token()
            connection = Connection(self._url, token, self._context, self._timings, wake=self._wake)
        except ConnectorError as error:
            yield failed(stage, plain(error), "see the login above", Trouble.AUTHENTICATION)
            return
        try:
            connection.listen(targets, self._hear, self._malformed.append)
            started = time.monotonic()
            connection.open()
            yield passed(stage, f"done in {(time.monotonic() - started) * 1000:.0f} ms")
            time.sleep(self._timings.settle)
            stage = f"{self._name}: subscribe"
            yield self._subscribe(connection, subscriptions)
            stage = f"{self._name}: first event"
            yield self._first(connection, silence)
        except ConnectorError as error:
            fix = "is another session of this login open, or a proxy in the way? Without hubs the guard polls by REST"
            yield failed(stage, plain(error), fix, Trouble.UNREACHABLE)
        finally:
            connection.close()

    def _subscribe(self, connection: Connection, subscriptions: Sequence[Subscription]) -> Step:
        step = f"{self._name}: subscribe"
        for method, argument in subscriptions:
            error = connection.invoke(method, argument)
            if error is not None:
                text = f"{method} was refused: {plain(error)}"
                return failed(
                    step, text, "report it: the venue knows this method under another name, or not at all"
                )
        return passed(step, f"{len(subscriptions)} of {len(subscriptions)} confirmed")

    def _first(self, connection: Connection, silence: str) -> Step:
        """Wait for an event; in a quiet account none need come."""
        step = f"{self._name}: first event"
        started = time.monotonic()
        while not self._heard and time.monotonic() - started < self._patience:
            connection.check()
            time.sleep(0.02)
        if self._malformed:
            fix = "record a minute with `risk record` and report it"
            return failed(step, f"a frame could not be read: {plain(self._malformed[0])}", fix)
        if not self._heard:
            return unknown(step, f"none within {self._patience:.0f} s: {silence}")
        return passed(step, f"{plain(self._heard[0])} after {(time.monotonic() - started) * 1000:.0f} ms")

    def _hear(self, target: str, _arguments: list[Any]) -> None:
        self._heard.append(target)
