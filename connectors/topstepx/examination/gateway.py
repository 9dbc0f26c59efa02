"""The whole look at one login: network, REST, clocks, both hubs."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from connectors.topstepx.board import Board
from connectors.topstepx.examination.hubs import HubLook, Subscription
from connectors.topstepx.examination.network import look
from connectors.topstepx.examination.rest import RestLook
from connectors.topstepx.examination.step import Step, failed, passed, unknown
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.client import RestClient
from connectors.topstepx.rest.transport import trusting_context
from connectors.topstepx.settings import GatewayUrls, Login, TimeSource, Timings
from engine.units import SECOND, Instant

USER_TARGETS = ("GatewayUserAccount", "GatewayUserOrder", "GatewayUserPosition", "GatewayUserTrade")
USER_METHODS = ("SubscribeOrders", "SubscribePositions", "SubscribeTrades")
MOST_OFF = 5 * SECOND
"""A host's clock further from the venue's than this is worth a word; locks do not depend on it."""


class Examination:
    """Looks at a gateway as one login, for accounts by the venue's number. Nothing is placed, moved or cancelled."""

    def __init__(
        self,
        urls: GatewayUrls,
        login: Login,
        accounts: Mapping[int, str],
        host_clock: Callable[[], int],
        timings: Timings,
        *,
        patience: float = 5.0,
    ) -> None:
        """`host_clock` gives the host's time in microseconds; `patience` is the wait for a hub's first event."""
        self._urls = urls
        self._accounts = accounts
        self._host_clock = host_clock
        self._timings = timings
        self._patience = patience
        self._context = trusting_context()
        self._dates: list[int] = []
        self._rest = RestClient(
            urls,
            login,
            context=self._context,
            board=Board(lambda event: None, self._now),
            now=self._now,
            heard=self._heard,
            timings=timings,
            repeats=Repeats(),
        )

    def steps(self) -> Iterator[Step]:
        """Yield each step as it is done."""
        addresses = {
            "api": self._urls.api,
            "user hub": self._urls.user_hub,
            "market hub": self._urls.market_hub,
        }
        for name, url in addresses.items():
            if url is not None:
                yield from look(name, url, self._context, self._timings.connect)
        rest = RestLook(self._rest, self._accounts, self._now)
        try:
            yield from rest.steps()
            yield self._clock()
            yield from self._hubs(rest)
        finally:
            self._rest.close()

    def _hubs(self, rest: RestLook) -> Iterator[Step]:
        user = [
            ("SubscribeAccounts", None),
            *((method, a) for a in self._accounts for method in USER_METHODS),
        ]
        market = [("SubscribeContractQuotes", contract) for contract in rest.contracts[:1]]
        yield from self._hub(
            "user hub",
            self._urls.user_hub,
            USER_TARGETS,
            user if rest.is_logged_in else [],
            "nothing happened in the account, which is normal",
        )
        yield from self._hub(
            "market hub",
            self._urls.market_hub,
            ("GatewayQuote",),
            market,
            "the market may be closed or quiet",
        )

    def _hub(
        self,
        name: str,
        url: str | None,
        targets: tuple[str, ...],
        subscriptions: Sequence[Subscription],
        silence: str,
    ) -> Iterator[Step]:
        if url is None:
            yield unknown(name, "switched off by the settings: the guard polls by REST instead")
        elif not subscriptions:
            yield unknown(name, "not tried without a login and contracts")
        else:
            hub = HubLook(name, url, self._rest.keeper, self._context, self._timings, patience=self._patience)
            yield from hub.steps(targets, subscriptions, silence)

    def _clock(self) -> Step:
        """Compare clocks. A `Date` header is cut to whole seconds and up to a second old."""
        if not self._dates:
            return unknown("clock", "the venue did not tell its time")
        offset = sorted(self._dates)[len(self._dates) // 2]
        text = f"this computer is {offset / SECOND:+.1f} s off the venue (known to about 1 s)"
        if abs(offset) > MOST_OFF:
            fix = "let the system set its clock by itself; the guard takes time from the venue, locks do not move"
            return failed("clock", text, fix)
        return passed("clock", text)

    def _now(self) -> Instant:
        return Instant(self._host_clock() - (self._dates[-1] if self._dates else 0))

    def _heard(self, instant: Instant, source: TimeSource) -> None:
        if source is TimeSource.DATE_HEADER:
            self._dates.append(self._host_clock() - instant - SECOND // 2)
