"""Admin and trader at the control channel, the market's jumps, and the faults that have a beginning and an end."""

from dataclasses import replace
from decimal import Decimal

from engine.events import LockLifted, LockRequested, RulesArmed
from engine.units import SECOND, Instant
from service.rehearsal.guard import Guard
from service.rehearsal.hub import Hub
from service.rehearsal.rest import Rest
from service.rehearsal.rulebook import arm
from service.rehearsal.stage import Stage


class People:
    """Once a second somebody may do something."""

    def __init__(self, stage: Stage, guard: Guard, hub: Hub, rest: Rest) -> None:
        self._stage = stage
        self._guard = guard
        self._hub = hub
        self._rest = rest
        self._random = stage.chance("people")

    def start(self) -> None:
        """Plan the next second."""
        self._stage.clockwork.after(1000, self._second)

    def _second(self) -> None:
        plan = self._stage.plan
        if self._stage.is_calm:
            return
        acts = (
            (plan.admin, self._lift),
            (plan.admin, self._ask_for_lock),
            (plan.reload, self._reload),
            (plan.jumps, self._jump),
            (plan.fault("outage") / 4, self._cut),
            (plan.fault("rest_outage") / 4, self._rest_outage),
            (plan.fault("void") / 4, self._void),
            (plan.fault("halt") / 3, self._halt),
        )
        draws = [self._random.random() for _ in acts]
        for draw, (chance, act) in zip(draws, acts, strict=True):
            if draw < chance:
                act()
        self.start()

    def _cut(self) -> None:
        self._stage.hit("outage")
        self._stage.note("the stream ends silently")
        self._hub.cut()

    def _lift(self) -> None:
        locks = sorted(self._guard.state.locks)
        if locks:
            lock = self._random.choice(locks)
            self._stage.note(f"admin lifts {lock}")
            self._guard.hear(lambda at: LockLifted(at, self._stage.account, lock, "admin"))

    def _ask_for_lock(self) -> None:
        wait = self._random.choice((None, 5, 20))

        def ask(at: Instant) -> LockRequested:
            until = None if wait is None else Instant(at + wait * SECOND)
            return LockRequested(at, self._stage.account, None, until, "trader")

        self._stage.note("the trader asks for a lock")
        self._guard.hear(ask)

    def _reload(self) -> None:
        stage = self._stage
        limit = self._random.randint(1, 5)
        armed = arm(replace(stage.plan, limit=limit, limit_each=self._random.randint(1, limit + 1)))
        stage.note(f"rules are loaded anew: {armed.rules.digest}")

        def take_up() -> None:
            self._guard.armed = armed
            self._guard.hear(lambda at: RulesArmed(at, stage.account, armed.rules.digest))

        self._guard.when_awake(take_up)  # a process that stands still takes up no rules either

    def _jump(self) -> None:
        stage = self._stage
        contract = self._random.choice(stage.contracts)
        market = stage.exchange.venue.markets[contract]
        ticks = self._random.randint(-25, 25)
        price = market.contract.price(max(market.last + ticks, 100))
        stage.exchange.set_price(contract, Decimal(price))

    def _void(self) -> None:
        stage = self._stage
        trades = [trade.id for trade in stage.exchange.venue.trades.values() if not trade.voided]
        if trades:
            stage.hit("void")
            number = self._random.choice(trades)
            stage.note(f"the venue voids trade {number}")
            stage.exchange.void(number)

    def _halt(self) -> None:
        if not self._rest.is_halted:
            self._stage.hit("halt")
            self._stage.note("the exchange pauses")
            self._rest.is_halted = True
            self._stage.clockwork.after(self._random.choice((2000, 10_000)), self._rest.goes_on)

    def _rest_outage(self) -> None:
        stage = self._stage
        if self._rest.is_down:
            return
        stage.hit("rest_outage")
        stage.note("REST is down")
        self._rest.is_down = True
        stage.clockwork.after(self._random.choice((500, 4000, 15_000)), self._rest.comes_back)
