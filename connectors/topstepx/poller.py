"""The second way: reading by REST again and again, slowly beside a live hub and fast without one."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from connectors.failures import ConnectorError, RateLimited
from connectors.topstepx.pace import GLANCES, pace_of
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import LOG


@dataclass(slots=True)
class _Turn:
    """When an account was read and when it is to be read again; monotonic seconds."""

    polled_at: float
    glances: int = GLANCES  # since the last whole poll; so many: the next one is whole
    told_at: float = -math.inf
    second_look_at: float = math.inf
    is_poked: bool = False


class Poller:
    """A thread that calls `poll` for each account when due, or soon after `poke`, and `upkeep` in between.

    `poll` gets the account and whether to read all of it or only glance at its positions. `at_stake` says whether
    an account holds, works or is locked out of anything: then it is polled faster, and always whole.

    REST may lag behind the hub, so a poll waits until the hub has been quiet for a moment, and is followed
    by a second look where it could not wait: right after the hub came up, or when somebody asked for it.
    """

    def __init__(
        self,
        *,
        poll: Callable[[int, bool], None],
        upkeep: Callable[[], None],
        is_live: Callable[[], bool],
        at_stake: Callable[[int], bool],
        accounts: tuple[int, ...],
        timings: Timings,
        repeats: Repeats,
    ) -> None:
        self._poll = poll
        self._upkeep = upkeep
        self._is_live = is_live
        self._at_stake = at_stake
        self._timings = timings
        self._repeats = repeats
        moment = time.monotonic()
        self._turns = {account: _Turn(moment) for account in accounts}
        self._wake = Event()
        self._stopping = Event()
        self._was_live = False
        self._not_before = 0.0
        self._thread = Thread(target=self._run, name="risk-poller", daemon=True)

    def start(self) -> None:
        for turn in self._turns.values():
            turn.polled_at = time.monotonic()
        self._thread.start()

    def poke(self) -> None:
        """Ask for a whole poll of all accounts soon, though not more often than the spacing allows."""
        for turn in self._turns.values():
            turn.is_poked = True
        self._wake.set()

    def add(self, account: int) -> None:
        """Poll one account more, the first time at once."""
        self._turns = {**self._turns, account: _Turn(-math.inf)}
        self._wake.set()

    def told(self, account: int) -> None:
        """Note that the hub has just told something of an account, which REST may not show yet."""
        self._turns[account].told_at = time.monotonic()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def join(self, patience: float) -> None:
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._guarded(self._upkeep)
            self._guarded(self._look)
            self._wake.wait(self._timings.tick)
            self._wake.clear()

    def _look(self) -> None:
        """Poll the accounts that are due, the one that waits longest first."""
        is_live = self._is_live()
        if is_live and not self._was_live:
            for turn in self._turns.values():
                turn.second_look_at = time.monotonic() + self._timings.rest_lag
        self._was_live = is_live
        at_stake = {account for account in self._turns if self._at_stake(account)}
        pace = pace_of(
            len(at_stake), len(self._turns) - len(at_stake), is_live=is_live, timings=self._timings
        )
        for account, turn in sorted(self._turns.items(), key=lambda item: item[1].polled_at):
            if time.monotonic() < self._not_before or self._stopping.is_set():
                return
            every = pace.at_stake if account in at_stake else pace.idle
            if self._is_due(turn, every, is_live=is_live):
                self._take(account, turn, is_whole=account in at_stake, is_live=is_live)

    def _is_due(self, turn: _Turn, every: float, *, is_live: bool) -> bool:
        moment = time.monotonic()
        since = moment - turn.polled_at
        if not is_live:
            return since >= every
        if turn.is_poked and since >= self._timings.resync_spacing:
            return True
        is_wanted = moment >= turn.second_look_at or since >= every
        is_quiet = moment - turn.told_at >= self._timings.rest_lag
        return (is_wanted and is_quiet) or since >= 2 * every

    def _take(self, account: int, turn: _Turn, *, is_whole: bool, is_live: bool) -> None:
        moment = time.monotonic()
        is_whole |= turn.is_poked or moment >= turn.second_look_at or turn.glances >= GLANCES - 1
        is_early = is_live and moment - turn.told_at < self._timings.rest_lag
        turn.second_look_at = moment + self._timings.rest_lag if is_early else math.inf
        turn.is_poked = False
        turn.polled_at = moment
        turn.glances = 0 if is_whole else turn.glances + 1
        self._guarded(lambda: self._poll(account, is_whole))

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
