"""Admin and trader at the control channel, the market's jumps, and the faults that have a beginning and an end."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.events import LockLifted, LockRequested, RulesArmed
from engine.units import SECOND, Instant
from service.rehearsal.rulebook import rule_set

if TYPE_CHECKING:
    from service.rehearsal.world import World


class People:
    """Once a second somebody may do something."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._random = random.Random(f"{world.plan.seed} people")  # noqa: S311 - a game, not a secret

    def start(self) -> None:
        """Plan the next second."""
        self._world.clockwork.after(1000, self._second)

    def _second(self) -> None:
        world, chance = self._world, self._random
        if world.is_calm:
            return
        draws = [chance.random() for _ in range(6)]
        if draws[0] < world.plan.admin:
            self._lift()
        if draws[1] < world.plan.admin:
            self._ask_for_lock()
        if draws[2] < world.plan.reload:
            self._reload()
        if draws[3] < world.plan.jumps:
            self._jump()
        if draws[4] < world.plan.fault("outage") / 4:
            world.hit("outage")
            world.note("the stream ends silently")
            world.hub.cut()
        if draws[5] < world.plan.fault("rest_outage") / 4:
            self._rest_outage()
        self.start()

    def _lift(self) -> None:
        locks = sorted(self._world.guard.state.locks)
        if locks:
            lock = self._random.choice(locks)
            self._world.note(f"admin lifts {lock}")
            self._world.guard.hear(lambda at: LockLifted(at, self._world.account, lock, "admin"))

    def _ask_for_lock(self) -> None:
        wait = self._random.choice((None, 5, 20))

        def ask(at: Instant) -> LockRequested:
            until = None if wait is None else Instant(at + wait * SECOND)
            return LockRequested(at, self._world.account, None, until, "trader")

        self._world.note("the trader asks for a lock")
        self._world.guard.hear(ask)

    def _reload(self) -> None:
        world = self._world
        limit = self._random.randint(1, 5)
        rules = rule_set(replace(world.plan, limit=limit, limit_each=self._random.randint(1, limit + 1)))
        world.note(f"rules are loaded anew: {rules.digest}")
        world.guard.rules = rules
        world.guard.hear(lambda at: RulesArmed(at, world.account, rules.digest))

    def _jump(self) -> None:
        world = self._world
        contract = self._random.choice(world.contracts)
        market = world.exchange.venue.markets[contract]
        ticks = self._random.randint(-25, 25)
        price = market.contract.price(max(market.last + ticks, 100))
        world.exchange.set_price(contract, Decimal(price))

    def _rest_outage(self) -> None:
        world = self._world
        if world.rest.is_down:
            return
        world.hit("rest_outage")
        world.note("REST is down")
        world.rest.is_down = True
        world.clockwork.after(self._random.choice((500, 4000, 15_000)), world.rest_returns)
