"""Both hubs of one login: what is listened to, and one supervised link each."""

import ssl
from collections.abc import Callable, Iterable
from functools import partial

from connectors.topstepx.board import Board
from connectors.topstepx.hub.link import HubLink
from connectors.topstepx.hub.market_feed import MarketListener, Watched
from connectors.topstepx.hub.quote_reader import QuoteReader
from connectors.topstepx.hub.session import Listener
from connectors.topstepx.hub.user_feed import UserListener
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.keeper import TokenKeeper
from connectors.topstepx.settings import GatewayUrls, TimeSource, Timings
from connectors.topstepx.tap import Tap
from engine.events import AccountEvent, Event, Link
from engine.units import Instant


class Hubs:
    """The user hub and the market hub; one whose address is None stays switched off."""

    def __init__(
        self,
        urls: GatewayUrls,
        accounts: Callable[[], tuple[int, ...]],
        *,
        keeper: TokenKeeper,
        board: Board,
        context: ssl.SSLContext,
        sink: Callable[[Event], None],
        now: Callable[[], Instant],
        heard: Callable[[Instant, TimeSource], None],
        fetch: Callable[[], list[Event]],
        resync: Callable[[str], None],
        noticed: Callable[[AccountEvent], None],
        timings: Timings,
        repeats: Repeats,
        tap: Tap | None = None,
    ) -> None:
        self._board = board
        self._watched = Watched(timings)
        self._reader = QuoteReader(timings.quote_pause)

        def user_listener() -> Listener:
            return UserListener(
                accounts(), sink=sink, now=now, heard=heard, fetch=fetch, resync=resync, noticed=noticed
            )

        def market_listener() -> Listener:
            return MarketListener(
                self._watched,
                sink=sink,
                now=now,
                heard=heard,
                repeats=repeats,
                timings=timings,
                reader=self._reader,
            )

        self._links: dict[Link, HubLink] = {}
        for link, url, listener in (
            (Link.USER_HUB, urls.user_hub, user_listener),
            (Link.MARKET_HUB, urls.market_hub, market_listener),
        ):
            if url is not None:
                self._links[link] = HubLink(
                    link,
                    url,
                    listener,
                    keeper=keeper,
                    board=board,
                    context=context,
                    timings=timings,
                    overheard=partial(tap.frame, link) if tap is not None else None,
                )

    def start(self) -> None:
        self._reader.start()
        for link in (Link.USER_HUB, Link.MARKET_HUB):
            if link in self._links:
                self._links[link].start()
            else:
                self._board.report(link, False, "switched off by the settings")

    def watch(self, contracts: Iterable[str]) -> None:
        """Ask for quotes of these contracts, now and after every reconnect."""
        self._watched.add(set(contracts))
        if Link.MARKET_HUB in self._links:
            self._links[Link.MARKET_HUB].wake()

    def rebuild(self, link: Link, reason: str) -> None:
        """Make a new connection for a hub that is connected but of no use."""
        if link in self._links:
            self._links[link].rebuild(reason)

    def renew(self, link: Link) -> None:
        """Go over to a new connection of a hub, without a moment between the two: other accounts are listened to."""
        if link in self._links:
            self._links[link].renew()

    def workers(self) -> "tuple[HubLink | QuoteReader, ...]":
        return (*self._links.values(), self._reader)
