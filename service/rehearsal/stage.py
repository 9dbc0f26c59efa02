"""What all parts of a world share: its plan, its venue, its time, its faults and its tape."""

import random
from collections import Counter, deque
from collections.abc import Callable
from hashlib import sha256

from connectors.failures import RateLimited
from connectors.simulator.core.exchange import Exchange
from connectors.topstepx.rest.budget import Budget, Use
from connectors.topstepx.settings import TimeSource, Timings
from engine.commands import Command
from engine.units import SECOND, Instant
from service.rehearsal.clockwork import MILLISECOND, Clockwork
from service.rehearsal.listener import Listener
from service.rehearsal.plan import Plan

ACCOUNT = 9_120_345
TIMINGS = Timings()
TAPE = 60
"""How many lines are kept of what happened last."""


class Stage:
    """One world's common ground. `hits` counts the faults that struck, `ours` are the orders that our requests became.

    `clock` is the guard's own, where it has one; `spoken` hears that the venue's time came with something,
    `reached` whether REST answers.
    """

    account = ACCOUNT

    def __init__(self, plan: Plan, exchange: Exchange, clockwork: Clockwork, tape: int = TAPE) -> None:
        self.plan = plan
        self.exchange = exchange
        self.clockwork = clockwork
        self.start = clockwork.now
        self.skew = plan.skew_ms * MILLISECOND
        self.contracts = tuple(sorted(exchange.venue.markets))
        self.hits: Counter[str] = Counter()
        self.tape: deque[str] = deque(maxlen=tape)
        self.ours: dict[int, Command] = {}
        self.hash = sha256()
        self.is_calm = False
        self.short_at = 0  # when a request last did not go out, since the connector's budget was spent
        self.listener = Listener()
        self._budget = Budget(
            TIMINGS.requests, TIMINGS.requests_background, TIMINGS.requests_window, lambda: self.now / SECOND
        )
        self.clock: Callable[[], Instant] | None = None
        self.spoken: Callable[[TimeSource], None] = lambda source: None
        self.reached: Callable[[bool], None] = lambda is_live: None

    @property
    def now(self) -> int:
        """The venue's time in microseconds."""
        return self.clockwork.now

    def trusted(self) -> Instant:
        """Return the guard's trusted time: its clock's, or the venue's, a little off."""
        if self.clock is not None:
            return self.clock()
        return Instant(self.now + self.skew + self.clockwork.leap)

    def chance(self, purpose: str) -> random.Random:
        """Return randomness of its own for one purpose, so that taking a fault away leaves the rest as it was."""
        return random.Random(f"{self.plan.seed} {purpose}")  # noqa: S311 - a game, not a secret

    def strikes(self, chance: random.Random, family: str) -> bool:
        """Say whether a fault of a family strikes now; one draw of the caller's own randomness each time."""
        struck = chance.random() < self.plan.fault(family) and not self.is_calm
        if struck:
            self.hit(family)
        return struck

    def may_ask(self, use: Use, count: int) -> bool:
        """Take so many requests from the connector's own budget; False when it does not let them go out."""
        try:
            for _ in range(count):
                self._budget.take(use)
                self.listener.requested(1)
        except RateLimited:
            self.hit("budget spent")
            self.short_at = self.now
            return False
        return True

    def hit(self, family: str) -> None:
        """Count a fault."""
        self.hits[family] += 1

    def note(self, text: str) -> None:
        """Put a line on the tape."""
        self.tape.append(f"{(self.now - self.start) / SECOND:8.3f} {text}")
