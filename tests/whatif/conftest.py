"""Random situations: a rehearsal's world, brought to rest again and again, and orders to ask about and then send."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.kinds import OrderType
from connectors.simulator.core.kinds import Side as VenueSide
from connectors.simulator.core.placing import PlaceRequest
from engine.commands import Command
from engine.enforcement import Progress
from engine.events import Event
from engine.outcome import DecisionKind, Outcome
from engine.state import State
from engine.units import SCALE, SECOND, Ticks
from engine.venue import Side
from engine.whatif import Checked, FindingKind, Trial, check
from service.rehearsal.listener import Listener
from service.rehearsal.plan import draw
from service.rehearsal.stage import ACCOUNT
from service.rehearsal.world import World

REST = 4 * SECOND
"""Within this time whatever the guard was doing is done, since nothing fails in these worlds."""

AFTER = 3 * SECOND
"""How long is watched after the order: its messages take 40 ms, a close about as long again, a reading one second."""

AT_MOST = 90 * SECOND
"""Re-entries that come thick and fast are closed with growing pauses; by then the guard has closed what it will."""

BY_THE_HOURS = "session"
"""Rules of this name act when hours begin or end, and then only."""

ACTS = (FindingKind.BREACH, FindingKind.REENTRY)


@dataclass
class Ear(Listener):
    """Hears which rules the guard acts on until its own first fill, in `rules` and `locks`; what comes after is `later`.

    What it does first can be quicker than other rules that the same order breaks: those then come later, or not at all.
    After `until` it is time that breaks rules: that is `later` too.
    """

    trader: Listener
    until: int
    rules: set[tuple[str, bool]] = field(default_factory=set)
    locks: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    is_acting: bool = False

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        broken = {
            (one.rule, one.mode == "enforce")
            for one in outcome.decisions
            if one.kind in (DecisionKind.BREACH, DecisionKind.REENTRY)
        }
        acted = {reason.rule for record in outcome.enforcements.values() for reason in record.reasons}
        locks = {lock.rule for lock in outcome.locks.values() if lock and lock.id not in before.locks}
        if self.is_acting or after.now > self.until:
            self.later |= {rule for rule, _ in broken} | locks
            return
        self.rules |= broken | {(rule, True) for rule in acted}
        self.locks |= locks

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        self.is_acting = self.is_acting or command is not None
        self.trader.filled(contract, before, after, command, order_id)


class InOrder(random.Random):
    """Every message takes equally long, so they come in the venue's own order, as they do on one connection."""

    def randint(self, a: int, b: int) -> int:
        return a


@dataclass
class Asked:
    """One situation: what was asked, what the check said, and what then was."""

    name: str
    checked: Checked
    held: dict[str, int]
    ear: Ear

    @property
    def said(self) -> set[tuple[str, bool]]:
        return {(one.rule, one.mode == "enforce") for one in self.checked.findings if one.kind in ACTS}

    @property
    def said_locks(self) -> set[str]:
        return {one.rule for one in self.checked.findings if one.kind is FindingKind.LOCK}

    def difference(self) -> str:
        """Return in what the check was wrong, empty where it was right."""
        found = []
        unsaid, untrue = self.ear.rules - self.said, {rule for rule, _ in self.said - self.ear.rules}
        if unsaid or not untrue <= self.ear.later:
            found.append(f"said {sorted(self.said)}, was {sorted(self.ear.rules)}")
        if self.ear.locks - self.said_locks or not self.said_locks - self.ear.locks <= self.ear.later:
            found.append(f"said locks {sorted(self.said_locks)}, was {sorted(self.ear.locks)}")
        if self.checked.is_closed != self.ear.is_acting:
            found.append(f"said closed: {self.checked.is_closed}, was {self.ear.is_acting}")
        if not self.ear.later and self.checked.kept != self.held:
            found.append(f"said {self.checked.kept} would be left, was {self.held}")
        return f"{self.name}: {'; '.join(found)}" if found else ""


def ask_and_send(seed: int, times: int) -> Iterator[Asked]:
    """Let the world of a seed live, and stop it so many times to ask about an order and then send it."""
    chance = random.Random(f"{seed} asked")  # noqa: S311 - a game, not a secret
    roomy = {"limit": chance.randint(2, 8), "limit_each": chance.randint(2, 5)}
    plan = replace(
        draw(seed), faults={}, admin=0.0, reload=0.0, skew_ms=0, pace=6.0, is_housed=False, **roomy
    )  # type: ignore[arg-type]
    plan = replace(plan, rules=(*plan.rules, *{"no_stop"}.difference(plan.rules)))  # so prices are sent
    world = World(plan)
    world.hub._random = InOrder()
    world.begin()
    for number in range(times):
        _live_and_rest(world, chance.randint(1, 12))
        trial = _trial(world, chance)
        asked = check(world.guard.state, world.guard.armed.rules, trial, world.stage.trusted())
        ear = Ear(world.trader, world.stage.trusted() + AFTER)
        world.stage.listener = ear
        _send(world, trial)
        yield Asked(f"{seed}.{number} {trial}", asked, _held(world), ear)


def _live_and_rest(world: World, seconds: int) -> None:
    stage = world.stage
    stage.listener = world.trader
    stage.is_calm = False
    for market in stage.exchange.venue.markets.values():
        market.moving = True
    world.trader.start()
    world.clockwork.run(world.clockwork.now + seconds * SECOND)
    stage.is_calm = True
    for market in stage.exchange.venue.markets.values():
        market.moving = False
    world.clockwork.run(world.clockwork.now + REST)
    end = world.clockwork.now + AT_MOST
    while _acts_by_time_alone(world) or (_is_at_it(world) and world.clockwork.now < end):
        world.clockwork.run(world.clockwork.now + REST)


def _acts_by_time_alone(world: World) -> bool:
    """Say whether a timer ends or hours begin while the order is watched: what that does is not the order's doing."""
    soon, state = world.stage.trusted() + AFTER, world.guard.state
    dues = [latch.due for latch in state.latches.values() if latch.due is not None]
    dues += [at for key, at in state.wakes.items() if key.startswith(BY_THE_HOURS)]
    return any(due <= soon for due in dues)


def _trial(world: World, chance: random.Random) -> Trial:
    stop = None if chance.random() < 0.5 else Ticks(chance.randint(6, 60) * SCALE)
    contract, side = chance.choice(world.stage.contracts), chance.choice((Side.BUY, Side.SELL))
    return Trial(contract, side, chance.choice((1, 1, 1, 2, 2, 3, 4, 6)), stop)


def _send(world: World, trial: Trial) -> None:
    """Send the order as the trader would, at the platform's own screen, and let a second pass."""
    stop = None if trial.stop is None else Bracket(-trial.side.sign * (trial.stop // SCALE), OrderType.STOP)
    side = VenueSide.BUY if trial.side is Side.BUY else VenueSide.SELL
    answer = world.stage.exchange.place(
        PlaceRequest(
            ACCOUNT, trial.contract, OrderType.MARKET, side, trial.size, stop_loss=stop, from_platform=True
        )
    )
    assert answer.code == 0, answer
    end = world.clockwork.now + AT_MOST
    world.clockwork.run(world.clockwork.now + AFTER)
    while _is_at_it(world) and world.clockwork.now < end:
        world.clockwork.run(world.clockwork.now + SECOND // 10)


def _is_at_it(world: World) -> bool:
    records = world.guard.state.enforcements.values()
    return any(record.progress is Progress.OPEN for record in records)


def _held(world: World) -> dict[str, int]:
    """Return what the venue shows, signed."""
    positions = world.stage.exchange.venue.positions
    return {contract: held.size for (_, contract), held in positions.items() if held.size}


@pytest.fixture
def asked() -> Callable[[int, int], Iterator[Asked]]:
    return ask_and_send
