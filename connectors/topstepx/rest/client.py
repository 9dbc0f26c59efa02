"""The parts of the REST client put together."""

import ssl
from collections.abc import Callable

from connectors.topstepx.board import Board
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.account_list import AccountList
from connectors.topstepx.rest.acts import Acts
from connectors.topstepx.rest.budget import Budget
from connectors.topstepx.rest.caller import Caller
from connectors.topstepx.rest.channel import Channel
from connectors.topstepx.rest.keeper import TokenKeeper
from connectors.topstepx.rest.reads import Reads
from connectors.topstepx.rest.transport import Reply, Transport
from connectors.topstepx.settings import GatewayUrls, Login, TimeSource, Timings
from engine.units import Instant


class RestClient:
    """One login over HTTP: `keeper` of the token, `reads`, `acts` and the `listed` accounts."""

    def __init__(
        self,
        urls: GatewayUrls,
        login: Login,
        *,
        context: ssl.SSLContext,
        board: Board,
        now: Callable[[], Instant],
        heard: Callable[[Instant, TimeSource], None],
        timings: Timings,
        repeats: Repeats,
        overheard: Callable[[str, str, Reply], None] | None = None,
    ) -> None:
        self._transport = Transport(urls.api, context, timings.rest_connect, timings.rest_read, overheard)
        budget = Budget(timings.requests, timings.requests_background, timings.requests_window)
        channel = Channel(self._transport, budget, board, heard, timings)
        self.keeper = TokenKeeper(login, channel, board, timings, repeats)
        caller = Caller(channel, self.keeper)
        self.reads = Reads(caller, now, repeats)
        self.acts = Acts(caller, now)
        self.listed = AccountList(self.reads)

    def close(self) -> None:
        self._transport.close()
