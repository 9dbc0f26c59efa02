"""The parts of the REST client put together."""

import ssl
from collections.abc import Callable, Collection

from connectors.failures import ConnectorError, UnknownAccount
from connectors.secret import Secret
from connectors.topstepx.board import Board
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.account_list import AccountList
from connectors.topstepx.rest.acts import Acts
from connectors.topstepx.rest.bars import Bars
from connectors.topstepx.rest.budget import Budget, Use
from connectors.topstepx.rest.caller import Caller
from connectors.topstepx.rest.channel import Channel
from connectors.topstepx.rest.keeper import TokenKeeper
from connectors.topstepx.rest.reads import Reads
from connectors.topstepx.rest.transport import Reply, Transport
from connectors.topstepx.settings import GatewayUrls, Login, TimeSource, Timings
from engine.units import Instant


class RestClient:
    """One login over HTTP: `keeper` of the token, `reads`, `acts`, the `listed` accounts and the price `bars`."""

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
        self._login = login
        self._transport = Transport(urls.api, context, timings.rest_connect, timings.rest_read, overheard)
        budget = Budget(timings.requests, timings.requests_background, timings.requests_window)
        channel = Channel(self._transport, budget, board, heard, timings)
        self.keeper = TokenKeeper(login, channel, board, timings, repeats)
        caller = Caller(channel, self.keeper)
        self.reads = Reads(caller, now, repeats)
        self.acts = Acts(caller, now)
        self.listed = AccountList(self.reads)
        own = Budget(timings.bar_requests, timings.bar_requests, timings.bar_requests_window)
        self.bars = Bars(Caller(Channel(self._transport, own, None, heard, timings), self.keeper))

    def use_key(self, key: Secret, accounts: Collection[int]) -> None:
        """Log in with another key of the same user, and see with it that the accounts are there.

        Raises LoginRefused, UnknownAccount, Unreachable, RateLimited, Refused; the key before then stays in use.
        """
        before = self._login
        self.keeper.use(Login(before.user_name, key))
        try:
            missing = set(accounts) - set(self.listed.rows(Use.ENFORCEMENT, 0.0))
            if missing:
                raise UnknownAccount(f"with the new key account {min(missing)} cannot be seen")
        except ConnectorError:
            self.keeper.take_back(before)
            raise
        self._login = self.keeper.login

    def close(self) -> None:
        self._transport.close()
