"""The whole client of one login: REST and both hubs behind one door."""

import time
from collections.abc import Callable, Iterable
from threading import Event as Flag

from connectors.failures import ConnectorError, RateLimited
from connectors.secret import Secret
from connectors.topstepx.bar_prices import BarPrices
from connectors.topstepx.board import Board
from connectors.topstepx.catalogue import Catalogue
from connectors.topstepx.ears import Ears
from connectors.topstepx.hubs import Hubs
from connectors.topstepx.poller import Poller
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.client import RestClient
from connectors.topstepx.rest.transport import trusting_context
from connectors.topstepx.settings import GatewayUrls, Login, TimeSource, Timings
from connectors.topstepx.tap import Tap
from connectors.topstepx.views import Views
from connectors.topstepx.wording import plain
from engine.commands import Command, TakeSnapshot
from engine.events import AccountEvent, Answer, CommandAnswered, Event, Link, Refusal, SnapshotTaken
from engine.instruments import Instrument
from engine.units import Instant
from engine.venue import AccountStatus

_DEFAULTS = Timings()


class TopstepxGateway:
    """One login at one gateway, for the given accounts. `sink` gets events from any thread, stamped `now()`.

    `heard` gets every instant of the venue's clock, `tap` all that it says. `fills_since` tells from when on fills
    of an account are needed, with minutes of overlap, `at_stake` whether an account is to be polled fast.
    """

    def __init__(
        self,
        *,
        urls: GatewayUrls,
        login: Login,
        accounts: tuple[int, ...],
        sink: Callable[[Event], None],
        now: Callable[[], Instant],
        heard: Callable[[Instant, TimeSource], None],
        fills_since: Callable[[int], Instant],
        at_stake: Callable[[int], bool] = lambda account: True,
        timings: Timings = _DEFAULTS,
        tap: Tap | None = None,
    ) -> None:
        self._login = login
        self._accounts = accounts
        self._deliver = sink
        self._now = now
        self._fills_since = fills_since
        self._timings = timings
        self._stopped = Flag()
        self._repeats = Repeats()
        context = trusting_context()
        self._board = Board(self._sink, now)
        self._rest = RestClient(
            urls,
            login,
            context=context,
            board=self._board,
            now=now,
            heard=heard,
            timings=timings,
            repeats=self._repeats,
            overheard=tap.answered if tap is not None else None,
        )
        self._catalogue = Catalogue(self._rest.reads, self._sink, now, self._repeats)
        self._ears = Ears(timings.rest_lag)
        self._views = Views(self._rest, self._catalogue, now)
        self._poller = Poller(
            poll=self._poll, upkeep=self._upkeep, is_live=lambda: self._board.is_live(Link.USER_HUB),
            at_stake=at_stake, accounts=accounts, timings=timings, repeats=self._repeats,
        )  # fmt: skip
        parts = (self._rest.bars, self._catalogue, self._board, self._sink, now, timings, self._repeats)
        self._bars = BarPrices(*parts)
        self._hubs = Hubs(
            urls,
            lambda: self._accounts,
            keeper=self._rest.keeper,
            board=self._board,
            context=context,
            sink=self._sink,
            now=now,
            heard=heard,
            fetch=self._fetch,
            resync=self._resync,
            noticed=self._noticed,
            timings=timings,
            repeats=self._repeats,
            tap=tap,
        )

    def connect(self) -> None:
        """Log in, read the contracts, and check that every account exists. Starts no thread.

        Raises LoginRefused, UnknownAccount, Unreachable, RateLimited, Refused: each one sentence for people.
        """
        self._rest.keeper.token()
        self._catalogue.load(Use.ENFORCEMENT)
        self._rest.listed.require(self._accounts, self._login.user_name)

    def start(self) -> None:
        """Start both links and what reads by REST. Works also when `connect` failed: everything is tried again."""
        self._hubs.start()
        self._poller.start()
        self._bars.start()

    def stop(self) -> None:
        """End all threads and connections, within three seconds in every state; the sink hears nothing after."""
        self._stopped.set()
        deadline = time.monotonic() + self._timings.stop
        workers = (*self._hubs.workers(), self._poller, self._bars)
        for worker in workers:
            worker.ask_to_stop()
        for worker in workers:
            worker.join(max(deadline - time.monotonic(), 0.0))
        self._rest.close()

    def guard_too(self, account: int) -> None:
        """Listen to one account more of this login from now on, and read it at once."""
        if account not in self._accounts:
            self._accounts = (*self._accounts, account)
            self._poller.add(account)
            self._hubs.renew(Link.USER_HUB)

    def use_key(self, key: Secret) -> None:
        """Log in with another key now and use it. Raises as `connect`; the one before then stays in use."""
        self._rest.use_key(key, self._accounts)

    def instruments(self) -> tuple[Instrument, ...]:
        """Return every contract known so far."""
        return self._catalogue.instruments()

    def accounts(self) -> tuple[tuple[int, AccountStatus], ...]:
        """Return what the login can see. Raises LoginRefused, Unreachable, RateLimited, Refused."""
        return tuple(sorted(self._rest.listed.rows(Use.BACKGROUND, 0.0).items()))

    def watch(self, contracts: Iterable[str]) -> None:
        """Ask for quotes of these contracts, now and after every reconnect. May be called again and again."""
        self._hubs.watch(contracts)

    def snapshot(self, account: int, fills_since: Instant) -> SnapshotTaken:
        """Return what REST shows of an account now. Raises Unreachable, RateLimited, LoginRefused."""
        return self._views.take(account, fills_since, Use.BACKGROUND, most_age=0.0)

    def execute(self, account: int, command: Command) -> CommandAnswered | SnapshotTaken:
        """Do what a command says, sent once at most, and return how that ended.

        Never raises for what the venue or the network does; UNKNOWN means look before asking again.
        """
        if not isinstance(command, TakeSnapshot):
            return self._rest.acts.send(account, command)
        try:
            return self._views.take(account, command.fills_since, Use.ENFORCEMENT, most_age=0.0)
        except RateLimited as error:
            answer, refusal, text = Answer.REFUSED, Refusal.LIMITED, plain(error)
        except ConnectorError as error:
            answer, refusal, text = Answer.UNKNOWN, None, plain(error)
        return CommandAnswered(self._now(), account, command.id, answer, refusal, text)

    def _sink(self, event: Event) -> None:
        if not self._stopped.is_set():
            self._bars.notice(event)
            self._deliver(event)

    def _fetch(self) -> list[Event]:
        """Read all accounts for a user hub that has just subscribed; the list of accounts once for all."""
        take, since = self._views.take, self._fills_since
        return [take(a, since(a), Use.BACKGROUND, most_age=1.0) for a in self._accounts]

    def _poll(self, account: int, is_whole: bool) -> None:
        """Read an account. A glance that finds a position where there should be none becomes a whole reading."""
        if not is_whole and not self._rest.reads.positions(account, Use.BACKGROUND):
            return
        live_since = self._board.live_since(Link.USER_HUB)
        most_age = self._timings.account_age if live_since is None else 1.0
        self._sink(view := self._views.take(account, self._fills_since(account), Use.BACKGROUND, most_age))
        if live_since is not None and (missed := self._ears.missed(view, live_since)):
            self._hubs.rebuild(Link.USER_HUB, f"connected but deaf: it did not tell of fill {missed[0]}")

    def _upkeep(self) -> None:
        self._rest.keeper.renew_if_due()
        self._views.look_up()
        self._catalogue.load_if_older(self._timings.contracts_refresh, Use.BACKGROUND)

    def _noticed(self, event: AccountEvent) -> None:
        self._poller.told(event.account)
        self._ears.heard(event)
        self._views.notice(event)

    def _resync(self, what: str) -> None:
        self._repeats.warn("user hub", what)
        self._poller.poke()
