"""One life of a link: a connection, who listens to it, and the way from connected to fresh."""

import time
from threading import Event
from typing import Any, Protocol

from connectors.failures import ConnectorError, RateLimited
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.helper import Helper
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import LOG, plain
from engine.events import Event as EngineEvent


class Listener(Protocol):
    """What a hub is for. A new listener for each connection: nothing is carried over a gap."""

    targets: tuple[str, ...]

    def hear(self, target: str, arguments: list[Any]) -> None:
        """Take one event, on the receive thread."""

    def malformed(self, what: str) -> None:
        """Take note that something could not be read, on the receive thread."""

    def take(self, record: str) -> bool:
        """Keep a record undecoded for later and say so; False to have it decoded and heard now."""

    def subscribe(self, connection: Connection) -> None:
        """Ask for all that is wanted. Raises HubDown."""

    def fetch(self) -> list[EngineEvent]:
        """Read by REST what may have been missed. Raises ConnectorError."""

    def release(self, first: list[EngineEvent]) -> None:
        """Send `first`, then what was held back, and hold nothing back any more."""

    def tend(self, connection: Connection) -> None:
        """Do what is due, often called. Raises HubDown to ask for a new connection."""


class Session:
    """Subscribes first, reads by REST second, lets held events through third; only then it is live."""

    def __init__(self, connection: Connection, listener: Listener, timings: Timings, wake: Event) -> None:
        self.connection = connection
        self.is_live = False
        self._listener = listener
        self._timings = timings
        self._wake = wake
        self._fetching: Helper[list[EngineEvent]] | None = None
        self._fetch_at = 0.0

    def open(self) -> None:
        """Connect and subscribe. Raises HubDown."""
        listener = self._listener
        self.connection.listen(listener.targets, listener.hear, listener.malformed, listener.take)
        self.connection.open()
        time.sleep(self._timings.settle)
        self._listener.subscribe(self.connection)

    def step(self) -> None:
        """Do what is due: watch, ping, come up to date, tend. Raises HubDown."""
        self.connection.check()
        self.connection.ping_if_due()
        if not self.is_live:
            self._come_up_to_date()
        self._listener.tend(self.connection)

    def _come_up_to_date(self) -> None:
        if self._fetching is None:
            if time.monotonic() >= self._fetch_at:
                self._fetching = Helper("risk-resync", self._listener.fetch, self._wake)
            return
        if not self._fetching.is_done:
            return
        fetching, self._fetching = self._fetching, None
        try:
            found = fetching.result()
        except ConnectorError as error:
            # The stream lives while REST does not: what it tells must get through, though nothing is fresh.
            self._listener.release([])
            pause = error.wait if isinstance(error, RateLimited) else self._timings.resync_spacing
            self._fetch_at = time.monotonic() + pause
            LOG.warning("connected, but not up to date, trying again in %.1f s: %s", pause, plain(error))
            return
        self._listener.release(found)
        self.is_live = True
