"""The guard: the engine's step with the loop, the enforcer and the restarts that the service puts around it."""

import random
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.commands import Command, TakeSnapshot
from engine.events import (
    ClockTick,
    CommandSent,
    Event,
    GuardStarted,
    InstrumentsSeen,
    Link,
    LinkSeen,
    PositionSeen,
    RulesArmed,
    SnapshotTaken,
)
from engine.history_needed import history_needed
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.state import State
from engine.step import step
from engine.units import MINUTE, SECOND, Instant
from service.rehearsal.translate import instrument_of
from service.store.encode import from_text, to_text

if TYPE_CHECKING:
    from service.rehearsal.world import World

POLL_LIVE = 30 * SECOND
POLL_BLIND = 2 * SECOND
OVERLAP = 5 * MINUTE


class Guard:
    """One account's guard. `stored` is what a restart finds: the state after the last step that was kept."""

    def __init__(self, world: "World", rules: RuleSet) -> None:
        self._world = world
        self._random = random.Random(f"{world.plan.seed} guard")  # noqa: S311 - a game, not a secret
        self.rules = rules
        self.state = State(world.account, started_at=world.trusted())
        self.stored = self.state
        self.is_running = False
        self.view: dict[str, int] = {}
        self.read_version: dict[str, int] = {}
        self.newest: dict[str, int] = {}
        self._queue: deque[Command] = deque()
        self._is_busy = False
        self._life = 0
        self._deadline: Instant | None = None
        self._poll_at = 0

    def start(self) -> None:
        """Start the process: stored state first, then contracts, rules, and the connections."""
        world = self._world
        self._life += 1
        self.is_running = True
        self._queue.clear()
        self._is_busy = False
        self.state = self._recovered()
        last = self.state.now or None
        contracts = world.exchange.venue.catalogue.contracts
        known = tuple(instrument_of(contracts[name]) for name in world.contracts)
        self.hear(lambda at: GuardStarted(at, world.account, last))
        self.hear(lambda at: InstrumentsSeen(at, known))
        if self.state.digest != self.rules.digest:
            self.hear(lambda at: RulesArmed(at, world.account, self.rules.digest))
        self.hear(lambda at: LinkSeen(at, Link.REST, True))
        self._poll_at = world.now
        self._tick_poll(self._life)
        world.clockwork.after(self._random.uniform(50, 500), world.hub.connect)

    def _recovered(self) -> State:
        if not self._world.plan.is_encoded:
            return self.stored
        recovered: State = from_text(to_text(self.stored, State), State)
        return recovered

    def crash(self) -> None:
        """Die here; what was not stored is gone, requests under way go on without anybody to hear the answer."""
        world = self._world
        self.is_running = False
        self._life += 1
        world.note("the guard dies")
        world.hub.drop_all()
        world.watch.crashed()
        world.clockwork.after(self._random.choice((300, 3000, 12_000)), self.start)

    def hear(self, make: Callable[[Instant], Event], contract: str = "", version: int = 0) -> None:
        """Step with one event, store, and hand over what is to be sent."""
        if not self.is_running:
            return
        world = self._world
        before, event = self.state, make(world.trusted())
        after, outcome = step(before, event, self.rules)
        if isinstance(event, SnapshotTaken):
            self.view.update(self.read_version)
        if isinstance(event, PositionSeen):
            self.view[contract] = version
        for name, seen in self.view.items():
            self.newest[name] = max(seen, self.newest.get(name, 0))
        if outcome.commands and world.strikes(self._random, "crash_unstored"):
            self.crash()
            return
        self.state = self.stored = after
        world.watch.stepped(before, event, after, outcome)
        if outcome.commands and world.strikes(self._random, "crash"):
            self.crash()
            return
        self._plan_tick(outcome)
        for command in outcome.commands:
            world.watch.asked(command, after)
            self._queue.append(command)
        self._work()

    def _plan_tick(self, outcome: Outcome) -> None:
        self._deadline = outcome.deadline
        if outcome.deadline is None:
            return
        life, due = self._life, outcome.deadline

        def tick() -> None:
            if life == self._life and self._deadline == due:
                self.hear(ClockTick)

        self._world.clockwork.at(due - self._world.skew - self._world.clockwork.leap, tick)

    def _work(self) -> None:
        """Execute the next command: one after the other, as the enforcer's thread does."""
        if self._is_busy or not self._queue:
            return
        self._is_busy = True
        command, life, world = self._queue.popleft(), self._life, self._world

        def done(event: Event) -> None:
            if life != self._life:
                return
            self.hear(lambda at: event)
            self._is_busy = False
            self._work()

        self.hear(lambda at: CommandSent(at, world.account, command.id))
        if life != self._life:
            return
        if isinstance(command, TakeSnapshot):
            world.reader.read(command.fills_since, command.id, done)
        else:
            world.watch.requested(1)
            world.rest.send(command, done)

    def _tick_poll(self, life: int) -> None:
        if life != self._life:
            return
        world = self._world
        live = self.state.links.get(Link.USER_HUB)
        every = POLL_LIVE if live is not None and live.is_live else POLL_BLIND
        if world.now - self._poll_at >= every:
            self._poll_at = world.now
            self.poll()
        world.clockwork.after(250, lambda: self._tick_poll(life))

    def poll(self) -> None:
        """Read the venue beside the stream, as the connector's poller does."""
        life = self._life

        def reply(event: Event) -> None:
            if life == self._life and self.is_view(event):
                self.hear(lambda at: event)

        self._world.reader.read(self.fills_since(), "", reply)

    def is_view(self, event: Event) -> bool:
        """Say whether a reading succeeded."""
        return isinstance(event, SnapshotTaken)

    def fills_since(self) -> Instant:
        """Return from when on fills are to be read, as the service tells the connector."""
        state = self.state
        needed = history_needed(self.rules, self._world.trusted())
        known = state.ledger.known_since
        if state.synced_at is None or known is None or known > needed:
            return needed
        return Instant(max(needed, state.synced_at - OVERLAP))
