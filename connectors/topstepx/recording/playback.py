"""A recording read back through the client's own decoders, as the events that the client would have told."""

from collections.abc import Iterator, Mapping
from typing import Any

from signalrcore.messages.invocation_message import InvocationMessage

from connectors.failures import ConnectorError, Unreadable
from connectors.topstepx.decode.quotes import QuoteBook
from connectors.topstepx.decode.stamps import instant_from
from connectors.topstepx.decode.user_events import USER_TARGETS, hear
from connectors.topstepx.hub.protocol import TolerantProtocol
from connectors.topstepx.recording.answers import Answers
from connectors.topstepx.recording.lines import Line
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.bars import AHEAD, BARS, Bars
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.reads import Reads
from engine.events import Event, InstrumentsSeen, Link, LinkSeen, QuoteSeen, SnapshotTaken
from engine.instruments import Instrument
from engine.units import Instant
from engine.venue import Quote

QUOTE = "GatewayQuote"
CONTRACTS = ("/api/Contract/available", "/api/Contract/searchById")
FILLS = "/api/Trade/search"


class Playback:
    """Turns lines into events. What cannot be read is counted in `unreadable`, as the client only counts it."""

    def __init__(self) -> None:
        self.unreadable: list[str] = []
        self._at = Instant(0)
        self._answers = Answers()
        self._reads = Reads(self._answers, lambda: self._at, Repeats())
        self._protocol = TolerantProtocol(self)
        self._book = QuoteBook()
        self._instruments: dict[str, Instrument] = {}
        self._has_quotes = False
        self._bars: dict[str, Quote] = {}

    def events(self, lines: Iterator[Line]) -> Iterator[Event]:
        """Yield the events of a recording in order. Raises Unreadable when a line is not from a recording."""
        for line in lines:
            self._at = max(line.at, self._at)
            match line.kind:
                case "rest":
                    yield from self._answer(line)
                case "frame":
                    yield from self._frame(line)
                case "link":
                    yield self._link(line)
                case _:
                    continue

    def frame(self) -> None:
        """Take no note of frames as such."""

    def take(self, record: str) -> bool:
        """Have everything decoded."""
        return False

    def malformed(self, what: str) -> None:
        self.unreadable.append(what)

    def refused(self, why: str) -> None:
        self.unreadable.append(why)

    def _link(self, line: Line) -> LinkSeen:
        try:
            link = Link(line.text("link"))
        except ValueError as error:
            raise Unreadable(f"there is no link {line.text('link')}") from error
        is_live = line.fields.get("is_live") is True
        if link is Link.MARKET_HUB:
            if not is_live:
                self._book = (
                    QuoteBook()
                )  # after a gap nothing old may stand; the first quote can precede the "live"
            self._has_quotes = is_live
        return LinkSeen(self._at, link, is_live, line.text("reason"))

    def _frame(self, line: Line) -> Iterator[Event]:
        for message in self._protocol.parse_messages(line.text("text")):
            if not isinstance(message, InvocationMessage):
                continue
            if message.target in USER_TARGETS:
                told = hear(message.target, message.arguments, self._at)
                self.unreadable.extend(told.problems)
                yield from told.events
            elif message.target == QUOTE:
                yield from self._quote(message.arguments)

    def _quote(self, arguments: object) -> Iterator[Event]:
        try:
            merged = self._book.merge(arguments, self._at)
        except Unreadable as error:
            self.unreadable.append(str(error))
            return
        if merged.is_changed:
            yield QuoteSeen(self._at, merged.quote)

    def _answer(self, line: Line) -> Iterator[Event]:
        path = line.text("path")
        try:
            asked = self._answers.take(line)
            if asked is not None and path in CONTRACTS:
                yield from self._contracts(path, asked)
            elif asked is not None and path == FILLS:
                yield from self._snapshot(asked)
            elif asked is not None and path == BARS:
                yield from self._bar(asked)
        except ConnectorError as error:
            self.unreadable.append(f"{path}: {error}")

    def _contracts(self, path: str, asked: Mapping[str, Any]) -> Iterator[Event]:
        is_list = path == CONTRACTS[0]
        use = Use.BACKGROUND
        found = self._reads.contracts(use) if is_list else (self._reads.contract(asked["contractId"], use),)
        before = dict(self._instruments)
        self._instruments.update({one.contract: one for one in found})
        if self._instruments != before:
            yield InstrumentsSeen(self._at, tuple(self._instruments.values()))

    def _bar(self, asked: Mapping[str, Any]) -> Iterator[Event]:
        """Make the price that the client made of a bar, once, and none that came too late beside a live hub."""
        instrument, until = self._instruments.get(asked["contractId"]), instant_from(asked.get("endTime"))
        if instrument is None or until is None or self._has_quotes:
            return
        quote = Bars(self._answers).mark(instrument, Instant(until - AHEAD))
        if quote is not None and self._bars.get(quote.contract) != quote:
            self._bars[quote.contract] = quote
            yield QuoteSeen(self._at, quote)

    def _snapshot(self, asked: Mapping[str, Any]) -> Iterator[Event]:
        """Put the last answers about an account together; its fills are what the client asks for last."""
        account = asked["accountId"]
        if not self._answers.has_all(account):
            return
        use, since = Use.BACKGROUND, self._answers.since(account)
        orders, has_suspended = self._reads.working_orders(account, use)
        yield SnapshotTaken(
            at=self._at,
            account=account,
            asked_at=self._answers.asked_at(account),
            status=self._reads.accounts(use).get(account),
            positions=self._reads.positions(account, use),
            orders=orders,
            fills=self._reads.fills(account, since, use),
            fills_since=since,
            has_suspended=has_suspended,
        )
