"""The market hub: merged quotes of the contracts that somebody watches, and what to do when they stop."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from connectors.failures import Unreadable
from connectors.topstepx.decode.quotes import QuoteBook
from connectors.topstepx.decode.wire import read_json
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.hub.newest import NewestQuotes
from connectors.topstepx.hub.quote_reader import QuoteReader
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.settings import TimeSource, Timings
from engine.events import Event, QuoteSeen
from engine.units import Instant, Price
from engine.venue import Quote


class Watched:
    """The contracts somebody wants quotes of, and how long a silence of all of them is borne.

    Outlives the connections: in a closed market a new one brings no quotes either, so the wait doubles.
    """

    def __init__(self, timings: Timings) -> None:
        self._timings = timings
        self._lock = Lock()
        self._contracts: set[str] = set()
        self._last: dict[str, Quote] = {}
        self.patience = timings.quote_rebuild

    def add(self, contracts: set[str]) -> None:
        with self._lock:
            self._contracts |= contracts

    def contracts(self) -> set[str]:
        with self._lock:
            return set(self._contracts)

    def lose_patience(self) -> None:
        self.patience = min(self.patience * 2, self._timings.quote_rebuild_most)

    def is_news(self, quote: Quote) -> bool:
        """Return whether a quote says something new: a stale one sent again on subscribing is no sign of life."""
        with self._lock:
            old = self._last.get(quote.contract)
            if old is not None and quote.quoted_at <= old.quoted_at and _prices(quote) == _prices(old):
                return False
            self._last[quote.contract] = quote
            self.patience = self._timings.quote_rebuild
            return True


class MarketListener:
    """Hears one connection of the market hub."""

    targets: tuple[str, ...] = ("GatewayQuote",)

    def __init__(
        self,
        watched: Watched,
        *,
        sink: Callable[[Event], None],
        now: Callable[[], Instant],
        heard: Callable[[Instant, TimeSource], None],
        repeats: Repeats,
        timings: Timings,
        reader: QuoteReader,
    ) -> None:
        self._reader = reader
        self._reading = Lock()
        self._newest = NewestQuotes()
        self._watched = watched
        self._sink = sink
        self._now = now
        self._heard = heard
        self._repeats = repeats
        self._timings = timings
        self._book = QuoteBook()
        self._heard_at: dict[str, float] = {}
        self._patience: dict[str, float] = {}

    def take(self, record: str) -> bool:
        """Let a quote wait for the reader: in a flood most are overtaken before anybody decodes them."""
        is_taken = self._newest.take(record)
        if is_taken:
            self._reader.due(self._read)
        return is_taken

    def hear(self, target: str, arguments: list[Any]) -> None:
        with self._reading:
            self._read_waiting()  # what came before must not be merged after it
            self._hear(arguments)

    def _read(self) -> None:
        with self._reading:
            self._read_waiting()

    def _read_waiting(self) -> None:
        for record in self._newest.drain():
            try:
                message = read_json(record)
            except Unreadable as error:
                self.malformed(str(error))
                continue
            self._hear(message["arguments"])

    def _hear(self, arguments: object) -> None:
        at = self._now()
        try:
            merged = self._book.merge(arguments, at)
        except Unreadable as error:
            self.malformed(str(error))
            return
        quote = merged.quote
        if not merged.was_readable:
            self.malformed(f"a price of {quote.contract} cannot be read and counts as unknown")
        if self._watched.is_news(quote):
            self._heard_at[quote.contract] = time.monotonic()
            self._patience[quote.contract] = self._timings.quote_resubscribe
            self._heard(quote.quoted_at, TimeSource.EVENT)
        if merged.is_changed:
            self._sink(QuoteSeen(at, quote))

    def malformed(self, what: str) -> None:
        self._repeats.warn("market hub", what)

    def subscribe(self, connection: Connection) -> None:
        for contract in sorted(self._watched.contracts()):
            self._ask_for(connection, contract)

    def fetch(self) -> list[Event]:
        return []

    def release(self, first: list[Event]) -> None:
        """Nothing is held back: the first quote after subscribing is a full one."""

    def tend(self, connection: Connection) -> None:
        """Subscribe to what is new, once more to what is silent; a silence of all asks for a new connection."""
        moment = time.monotonic()
        for contract in sorted(self._watched.contracts() - self._heard_at.keys()):
            self._ask_for(connection, contract)
        silences = {contract: moment - at for contract, at in list(self._heard_at.items())}
        if silences and min(silences.values()) > self._watched.patience:
            self._watched.lose_patience()
            raise HubDown(f"no quote of any contract for {min(silences.values()):.0f} s")
        for contract, silence in silences.items():
            if silence > self._patience[contract] and contract in self._watched.contracts():
                self._patience[contract] *= 2
                connection.tell("UnsubscribeContractQuotes", contract)
                connection.tell("SubscribeContractQuotes", contract)

    def _ask_for(self, connection: Connection, contract: str) -> None:
        self._heard_at.setdefault(contract, time.monotonic())
        self._patience.setdefault(contract, self._timings.quote_resubscribe)
        self._subscribe(connection, contract)

    def _subscribe(self, connection: Connection, contract: str) -> None:
        """Subscribe to a contract. One that the venue refuses must not cost the quotes of the others."""
        error = connection.invoke("SubscribeContractQuotes", contract)
        if error is not None:
            self._repeats.warn("market hub", f"no quotes of {contract}: {error}")


def _prices(quote: Quote) -> tuple[Price | None, ...]:
    return (quote.bid, quote.ask, quote.last)
