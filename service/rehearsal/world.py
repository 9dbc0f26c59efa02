"""One seed's world: everything put together, run to its end, and looked at after every step."""

import random
from collections import Counter, deque
from decimal import Decimal
from hashlib import sha256

from connectors.simulator.core import catalogue
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.happenings import Happening
from connectors.simulator.core.records import Account
from connectors.simulator.core.settings import Settings
from engine.events import ClockTick
from engine.locks import EndKind
from engine.events import LockLifted
from engine.units import DAY, HOUR, MINUTE, SECOND, Instant
from service.rehearsal.clockwork import MILLISECOND, Clockwork
from service.rehearsal.guard import Guard
from service.rehearsal.hours import RESET_HOUR
from service.rehearsal.hub import Hub
from service.rehearsal.people import People
from service.rehearsal.plan import Plan
from service.rehearsal.reading import Reader
from service.rehearsal.rest import Rest
from service.rehearsal.rulebook import rule_set
from service.rehearsal.trader import Trader
from service.rehearsal.translate import TICKS_IN_A_MICROSECOND
from service.rehearsal.truth import Truth
from service.rehearsal.watch import Watch

ACCOUNT = 9_120_345
SYMBOLS = ("MNQ", "ES")
MONDAY = 20_777 * DAY
"""2026-11-20, a Friday; the venue's hours are not enforced in rehearsals."""
OPENINGS = {"middle": -8 * HOUR, "reset": -30 * SECOND, "close": -(2 * MINUTE + 30 * SECOND)}
STEP_MS = 1000
CALM = 20 * SECOND
"""Within this time after the last fault everything must be as it should be (`I5`)."""


class World:
    """Everything of one seed. `hits` counts the faults that struck, `tape` holds what happened last."""

    account = ACCOUNT

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.skew = plan.skew_ms * MILLISECOND
        self.hits: Counter[str] = Counter()
        self.tape: deque[str] = deque(maxlen=60)
        self.ours: dict[int, object] = {}
        self.is_calm = False
        self.start = Instant(MONDAY + RESET_HOUR * HOUR + OPENINGS[plan.opening])
        self.exchange = _exchange(plan, self.start)
        self.contracts = tuple(sorted(self.exchange.venue.markets))
        self.clockwork = Clockwork(self.exchange, self.start, self._tell, self._looked)
        self.hash = sha256()
        self.truth = Truth(self)
        self.watch = Watch(self)
        self.rest = Rest(self)
        self.reader = Reader(self)
        self.hub = Hub(self)
        self.guard = Guard(self, rule_set(plan))
        self.trader = Trader(self)
        self.people = People(self)

    @property
    def now(self) -> int:
        """The venue's time in microseconds."""
        return self.clockwork.now

    def trusted(self) -> Instant:
        """The guard's trusted time: the venue's, a little off."""
        return Instant(self.now + self.skew + self.clockwork.leap)

    def strikes(self, chance: random.Random, family: str) -> bool:
        """Say whether a fault of a family strikes now; one draw of the caller's own randomness each time."""
        struck = chance.random() < self.plan.fault(family) and not self.is_calm
        if struck:
            self.hit(family)
        return struck

    def hit(self, family: str) -> None:
        """Count a fault."""
        self.hits[family] += 1

    def note(self, text: str) -> None:
        """Put a line on the tape."""
        self.tape.append(f"{(self.now - self.start) / SECOND:8.3f} {text}")

    def run(self) -> None:
        """Run the world to its end; the watch raises at the first broken promise."""
        self.guard.start()
        self.trader.start()
        self.people.start()
        self.clockwork.run(self.start + self.plan.length * SECOND)
        self._calm_down()
        self.clockwork.run(self.now + CALM)
        self.watch.converged()
        self.clockwork.run(self.now + 10 * SECOND)
        self._leap()
        self.watch.finished()

    def _calm_down(self) -> None:
        """Stop trader, faults and prices; the next poll comes at once, as it may."""
        self.note("calm")
        self.is_calm = True
        for market in self.exchange.venue.markets.values():
            market.moving = False
        self.rest_returns()
        self.watch.calmed()
        if self.hub.is_quiet or not self.hub.is_up:
            self.hub.connect()
        self.clockwork.run(self.now + SECOND)
        if self.guard.is_running:
            self.guard.poll()

    def rest_returns(self) -> None:
        """Let requests pass again."""
        self.rest.is_down = False

    def _leap(self) -> None:
        """Let the time pass until every lock must have ended; an admin lifts those that only he can."""
        self._skip(MINUTE)
        for _ in range(3):
            ends = [lock.end.at for lock in self.guard.state.locks.values() if lock.end.at is not None]
            for lock in list(self.guard.state.locks.values()):
                if lock.end.kind is EndKind.MANUAL:
                    self.guard.hear(lambda at, lock=lock: LockLifted(at, self.account, lock.id, "admin"))  # type: ignore[misc]
            latest = max(ends, default=None)
            if latest is not None and latest > self.trusted():
                self._skip(latest - self.trusted())

    def _skip(self, length: int) -> None:
        self.clockwork.leap += length
        self.guard.hear(ClockTick)
        self.clockwork.run(self.now + 5 * SECOND)

    def _tell(self, happened: list[Happening]) -> None:
        for happening in happened:
            self.truth.tell(happening)
        self.hub.tell(happened)

    def _looked(self) -> None:
        self.watch.looked()


def _exchange(plan: Plan, start: Instant) -> Exchange:
    settings = Settings(market_step_ms=STEP_MS, enforce_hours=False, flip_rows=plan.flip_rows)
    exchange = Exchange(catalogue.load({}), plan.seed, start * TICKS_IN_A_MICROSECOND, settings)
    exchange.add_account(Account(ACCOUNT, "PRACTICE", Decimal(150_000)))
    for symbol in SYMBOLS:
        contract = exchange.venue.catalogue.resolve(symbol)
        assert contract is not None, symbol
        exchange.add_market(contract.id, depth=20)
    exchange.take()
    return exchange
