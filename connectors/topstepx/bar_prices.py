"""Prices without the market hub: the newest bar of each contract that is held, again and again."""

import time
from collections.abc import Callable
from threading import Event as Flag
from threading import Lock, Thread

from connectors.failures import ConnectorError, RateLimited
from connectors.topstepx.board import Board
from connectors.topstepx.catalogue import Catalogue
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.bars import Bars
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import LOG
from engine.events import Event, Link, PositionSeen, QuoteSeen, SnapshotTaken
from engine.units import Instant


class BarPrices:
    """A thread that asks only while the market hub is not live, and only for contracts that an account holds.

    A bar is told once: asked again in a quiet market it is no newer than before, and grows old as it should.
    """

    def __init__(
        self,
        bars: Bars,
        catalogue: Catalogue,
        board: Board,
        sink: Callable[[Event], None],
        now: Callable[[], Instant],
        timings: Timings,
        repeats: Repeats,
    ) -> None:
        self._bars = bars
        self._catalogue = catalogue
        self._board = board
        self._sink = sink
        self._now = now
        self._timings = timings
        self._repeats = repeats
        self._lock = Lock()
        self._held: set[tuple[int, str]] = set()
        self._asked_at: dict[str, float] = {}
        self._told: dict[str, Instant] = {}
        self._not_before = 0.0
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="risk-bars", daemon=True)

    def notice(self, event: Event) -> None:
        """Learn from an event what the accounts hold. Any thread."""
        match event:
            case SnapshotTaken():
                held = {(event.account, row.contract) for row in event.positions if row.size}
                with self._lock:
                    self._held = {one for one in self._held if one[0] != event.account} | held
            case PositionSeen():
                one = (event.account, event.position.contract)
                with self._lock:
                    self._held = self._held | {one} if event.position.size else self._held - {one}
            case _:
                pass

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        self._stopping.set()

    def join(self, patience: float) -> None:
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.wait(self._timings.tick):
            try:
                self._look()
            except RateLimited as error:
                self._not_before = time.monotonic() + error.wait
                self._repeats.warn("price bars wait", error)
            except Exception:  # the outermost loop: a mistake of ours must not end the second way to prices
                LOG.exception("price bars failed")
                self._not_before = time.monotonic() + self._timings.resync_spacing

    def _look(self) -> None:
        """Ask for each contract that is due, the one that waits longest first. Raises RateLimited."""
        with self._lock:
            contracts = {contract for _, contract in self._held}
        every = max(
            self._timings.bar_every,
            len(contracts) * self._timings.bar_requests_window / self._timings.bar_requests,
        )
        for contract in sorted(contracts, key=lambda one: self._asked_at.get(one, 0.0)):
            moment = time.monotonic()
            if self._board.is_live(Link.MARKET_HUB) or self._stopping.is_set() or moment < self._not_before:
                return
            if moment - self._asked_at.get(contract, -every) >= every:
                self._asked_at[contract] = moment
                self._ask(contract)

    def _ask(self, contract: str) -> None:
        instrument = self._catalogue.find(contract)
        if instrument is None:
            return
        try:
            quote = self._bars.mark(instrument, self._now())
        except RateLimited:
            raise
        except ConnectorError as error:
            self._repeats.warn(f"no price bar of {contract}", error)
            return
        # The hub may have come up meanwhile: from then on its quotes alone count.
        if (
            quote is None
            or self._board.is_live(Link.MARKET_HUB)
            or quote.quoted_at <= self._told.get(contract, 0)
        ):
            return
        self._told[contract] = quote.quoted_at
        self._sink(QuoteSeen(self._now(), quote))
