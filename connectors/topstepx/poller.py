"""The second way: reading everything by REST again and again, slowly beside a live hub and fast without one."""

import math
import time
from collections.abc import Callable
from threading import Event, Thread

from connectors.failures import ConnectorError, RateLimited
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import LOG

_REQUESTS = 3.2  # a poll of one account: orders, positions, fills, and now and then the list of accounts


class Poller:
    """A thread that calls `poll` when due, or soon after `poke`, and `upkeep` in between.

    REST may lag behind the hub, so a poll waits until the hub has been quiet for a moment, and is followed
    by a second look where it could not wait: right after the hub came up, or when somebody asked for it.
    """

    def __init__(
        self,
        *,
        poll: Callable[[], None],
        upkeep: Callable[[], None],
        is_live: Callable[[], bool],
        accounts: int,
        timings: Timings,
        repeats: Repeats,
    ) -> None:
        self._poll = poll
        self._upkeep = upkeep
        self._is_live = is_live
        self._timings = timings
        self._repeats = repeats
        self._blind = blind_interval(timings, accounts)
        self._wake = Event()
        self._stopping = Event()
        self._is_poked = False
        self._was_live = False
        self._polled_at = time.monotonic()
        self._told_at = -math.inf
        self._second_look_at = math.inf
        self._not_before = 0.0
        self._thread = Thread(target=self._run, name="risk-poller", daemon=True)

    def start(self) -> None:
        self._polled_at = time.monotonic()
        self._thread.start()

    def poke(self) -> None:
        """Ask for a poll soon, though not more often than the spacing allows."""
        self._is_poked = True
        self._wake.set()

    def told(self) -> None:
        """Note that the hub has just told something, which REST may not show yet."""
        self._told_at = time.monotonic()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def join(self, patience: float) -> None:
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._guarded(self._upkeep)
            if self._is_due():
                moment = time.monotonic()
                is_early = self._is_live() and moment - self._told_at < self._timings.rest_lag
                self._second_look_at = moment + self._timings.rest_lag if is_early else math.inf
                self._is_poked = False
                self._polled_at = moment
                self._guarded(self._poll)
            self._wake.wait(self._timings.tick)
            self._wake.clear()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do one thing; its failure must cost neither the other thing nor the thread."""
        try:
            work()
        except RateLimited as error:
            self._not_before = time.monotonic() + error.wait
            self._repeats.warn("polling waits", error)
        except ConnectorError as error:
            self._repeats.warn("polling failed", error)
        except Exception:  # the outermost loop: a mistake of ours must not end the second way
            LOG.exception("the poller failed")
            self._not_before = time.monotonic() + self._timings.resync_spacing

    def _is_due(self) -> bool:
        moment, is_live = time.monotonic(), self._is_live()
        if is_live and not self._was_live:
            self._second_look_at = moment + self._timings.rest_lag
        self._was_live = is_live
        since = moment - self._polled_at
        if moment < self._not_before:
            return False
        if not is_live:
            return since >= self._blind
        if self._is_poked and since >= self._timings.resync_spacing:
            return True
        is_wanted = moment >= self._second_look_at or since >= self._timings.poll_live
        is_quiet = moment - self._told_at >= self._timings.rest_lag
        return (is_wanted and is_quiet) or since >= 2 * self._timings.poll_live


def blind_interval(timings: Timings, accounts: int) -> float:
    """Return the seconds between two polls of all accounts without a hub, as fast as the budget allows."""
    needed = accounts * _REQUESTS * timings.requests_window / timings.requests_background
    return max(timings.poll_blind, needed)
