"""One seed's world: everything put together, run to its end, and looked at after every step."""

from decimal import Decimal

from connectors.simulator.core import catalogue
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.happenings import Happening
from connectors.simulator.core.records import Account
from connectors.simulator.core.settings import Settings
from engine.events import ClockTick, LockLifted
from engine.locks import EndKind
from engine.units import DAY, HOUR, MINUTE, SECOND, Instant
from service.rehearsal.clockwork import Clockwork
from service.rehearsal.guard import Guard
from service.rehearsal.guard_bare import BareGuard
from service.rehearsal.guard_housed import HousedGuard
from service.rehearsal.hours import PAUSE, RESET_HOUR
from service.rehearsal.hub import Hub
from service.rehearsal.people import People
from service.rehearsal.plan import Plan
from service.rehearsal.poller import Poller
from service.rehearsal.reading import Reader
from service.rehearsal.rest import Rest
from service.rehearsal.rulebook import arm
from service.rehearsal.stage import ACCOUNT, TAPE, Stage
from service.rehearsal.trader import Trader
from service.rehearsal.translate import TICKS_IN_A_MICROSECOND
from service.rehearsal.troubles import Troubles
from service.rehearsal.truth import Truth
from service.rehearsal.watch import Scene, Watch

SYMBOLS = ("MNQ", "ES")
TUESDAY = 20_774 * DAY
"""2026-11-17; the venue's hours are not enforced in rehearsals."""
OPENINGS = {"middle": -8 * HOUR, "reset": -30 * SECOND, "close": -(PAUSE + 30 * SECOND)}
SHIPPED_CLOSE = -(2 * HOUR + 2 * MINUTE + 30 * SECOND)
"""Half a minute before the shipped rules go flat, 14:58 in Chicago."""
STEP_MS = 1000
CALM = 20 * SECOND
"""Within this time after the last fault everything must be as it should be (`I5`)."""
PATIENCE = 90
"""Seconds that requests still under way may take then, and a spent budget, which is a fault of its own: it lasts 60."""
RESTART = 14 * SECOND
"""A death, the start after it, and a reading or its failure take less."""
LEAPS = 12
"""How many ends of locks are waited for."""


class World:
    """Everything of one seed. `tape` is how many lines are kept of what happened last."""

    def __init__(self, plan: Plan, tape: int = TAPE) -> None:
        opening = SHIPPED_CLOSE if plan.pack and plan.opening == "close" else OPENINGS[plan.opening]
        start = Instant(TUESDAY + RESET_HOUR * HOUR + opening)
        exchange = _exchange(plan, start)
        self.clockwork = Clockwork(exchange, start, self._tell, self._looked)
        self.stage = Stage(plan, exchange, self.clockwork, tape)
        self.truth = Truth(self.stage)
        self.rest = Rest(self.stage)
        self.reader = Reader(self.stage, self.rest, self.truth)
        kind = HousedGuard if plan.is_housed else BareGuard
        self.guard: Guard = kind(self.stage, self.rest, self.reader, arm(plan))
        self.hub = Hub(self.stage, self.guard, self.reader, self.truth)
        self.guard.connect, self.guard.disconnect = self.hub.connect, self.hub.drop_all
        self.poller = Poller(self.stage, self.guard, self.reader)
        self.trader = Trader(self.stage)
        self.people = People(self.stage, self.guard, self.hub, self.rest)
        self.troubles = Troubles(self.stage, self.guard, self.hub, self.rest)
        self.rest.meddle = self.trader.meddle
        self.stage.reached = self.guard.reach
        scene = Scene(self.stage, self.guard, self.truth, self.rest, self.hub)
        self.watch = Watch(scene, self.trader)
        self.stage.listener = self.watch

    def run(self) -> None:
        """Run the world to its end; the watch raises at the first broken promise."""
        self.begin()
        self.clockwork.run(self.stage.start + self.stage.plan.length * SECOND)
        self.end()

    def close(self) -> None:
        """Remove what the world left on the disk."""
        self.guard.close()

    def begin(self) -> None:
        """Let the guard start, and everybody else plan what to do first."""
        self.guard.start()
        self.poller.start()
        self.trader.start()
        self.people.start()
        self.troubles.start()

    def end(self) -> None:
        """Let all faults stop, see that everything comes right, and that every lock ends."""
        self._calm_down()
        self.clockwork.run(self.clockwork.now + CALM)
        for _ in range(PATIENCE):  # a rule's own time can come at the very moment of looking
            is_short = self.clockwork.now < self.stage.short_at + CALM
            if not self.guard.state.in_flight and not self.hub.is_speaking and not is_short:
                break
            self.clockwork.run(self.clockwork.now + SECOND)
        self.watch.converged()
        self.clockwork.run(self.clockwork.now + 10 * SECOND)
        if self.stage.plan.is_dark:
            self._start_in_the_dark()
        self._leap()
        self.watch.finished()

    def _calm_down(self) -> None:
        """Stop trader, faults and prices; the last request that hangs ends, and the next poll comes, as it may."""
        self.stage.note("calm")
        self.stage.is_calm = True
        for market in self.stage.exchange.venue.markets.values():
            market.moving = False
        self.rest.comes_back()
        self.rest.goes_on()
        self.guard.wake()
        if self.hub.is_quiet or not self.hub.is_up:
            self.hub.connect()
        self.clockwork.run(self.clockwork.now + SECOND)
        while self.rest.is_hanging:
            self.clockwork.run(self.clockwork.now + SECOND)
        if self.guard.is_running:
            self.poller.poll()

    def _start_in_the_dark(self) -> None:
        """Kill the guard and start it where the venue cannot be reached, until the first lock should have ended.

        Then until a session that is closed has opened: a condition that became true must not free either.
        """
        self.stage.note("the guard starts where the venue cannot be reached")
        self.rest.is_down = True
        if self.guard.is_running:
            self.guard.crash()
        self.clockwork.run(self.clockwork.now + RESTART)
        ends = (lock.end.at for lock in self.guard.state.locks.values() if lock.end.at is not None)
        ahead = [length for end in ends if (length := end - self.stage.trusted()) > 0]
        self._skip(min(ahead, default=MINUTE))
        self._skip(PAUSE)
        self.rest.comes_back()
        self.clockwork.run(self.clockwork.now + RESTART)

    def _leap(self) -> None:
        """Let the time pass, from one end of a lock to the next; an admin lifts those that only he can."""
        self._skip(MINUTE)
        known = frozenset(self.guard.state.locks)
        for _ in range(LEAPS):
            left = [lock for name, lock in self.guard.state.locks.items() if name in known]
            if not left:
                break
            for lock in left:
                if lock.end.kind is EndKind.MANUAL:
                    self.guard.hear(lambda at, lock=lock: LockLifted(at, ACCOUNT, lock.id, "admin"))  # type: ignore[misc]
            ends = [lock.end.at - self.stage.trusted() for lock in left if lock.end.at is not None]
            ahead = [length for length in ends if length > 0]
            if ahead:
                self._skip(min(ahead))

    def _skip(self, length: int) -> None:
        self.clockwork.skip(length)
        self.reader.behind.catch_up()
        self.guard.hear(ClockTick)
        self.clockwork.run(self.clockwork.now + 5 * SECOND)

    def _tell(self, happened: list[Happening]) -> None:
        for happening in happened:
            self.truth.tell(happening)
            self.hub.tell(happening)
        self.reader.behind.keep()
        self.hub.tell_quotes(happened)

    def _looked(self) -> None:
        self.watch.looked()


def _exchange(plan: Plan, start: Instant) -> Exchange:
    settings = Settings(market_step_ms=STEP_MS, enforce_hours=False, flip_rows=plan.flip_rows)
    exchange = Exchange(catalogue.load({}), plan.seed, start * TICKS_IN_A_MICROSECOND, settings)
    exchange.add_account(Account(ACCOUNT, "PRACTICE", Decimal(150_000)))
    for symbol in SYMBOLS:
        contract = exchange.venue.catalogue.resolve(symbol)
        assert contract is not None, symbol
        exchange.add_market(contract.id, depth=20, has_past=False)
    exchange.take()
    return exchange
