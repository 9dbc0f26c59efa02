"""The guard: the engine's step with the loop, the enforcer and the restarts that the service puts around it."""

from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.commands import Command, TakeSnapshot
from engine.events import (
    ClockTick,
    CommandSent,
    Event,
    GuardStarted,
    InstrumentsSeen,
    Link,
    LinkSeen,
    RulesArmed,
    SnapshotTaken,
)
from engine.history_needed import history_needed
from engine.outcome import Outcome
from engine.state import State
from engine.step import step
from engine.units import MINUTE, Instant
from service.rehearsal.reading import Reader
from service.rehearsal.rest import Rest
from service.rehearsal.rulebook import Armed
from service.rehearsal.stage import Stage
from service.rehearsal.translate import instrument_of
from service.store.encode import from_text, to_text

OVERLAP = 5 * MINUTE
NO_VERSIONS: Mapping[str, int] = MappingProxyType({})


class Guard:
    """One account's guard. `stored` is what a restart finds: the state after the last step that was kept.

    `view` says how new the position is that the guard believes in, `newest` the newest it ever heard of, `outdated`
    of which contracts the latest message told something older than that. `life` counts starts and deaths.
    """

    def __init__(self, stage: Stage, rest: Rest, reader: Reader, armed: Armed) -> None:
        self._stage = stage
        self._rest = rest
        self._reader = reader
        self._random = stage.chance("guard")
        self.armed = armed
        self.connect: Callable[[], None] = lambda: None
        self.disconnect: Callable[[], None] = lambda: None
        self.state = State(stage.account, started_at=stage.trusted())
        self.stored = self.state
        self.is_running = False
        self.view: dict[str, int] = {}
        self.newest: dict[str, int] = {}
        self.outdated: frozenset[str] = frozenset()
        self._queue: deque[Command] = deque()
        self.is_busy = False
        self.life = 0
        self._deadline: Instant | None = None

    def start(self) -> None:
        """Start the process: stored state first, then contracts, rules, and the connections."""
        stage = self._stage
        self.life += 1
        self.is_running = True
        self._queue.clear()
        self.is_busy = False
        self.state = self._recovered()
        last = self.state.now or None
        contracts = stage.exchange.venue.catalogue.contracts
        known = tuple(instrument_of(contracts[name]) for name in stage.contracts)
        self.hear(lambda at: GuardStarted(at, stage.account, last))
        self.hear(lambda at: InstrumentsSeen(at, known))
        if self.state.digest != self.armed.rules.digest:
            self.hear(lambda at: RulesArmed(at, stage.account, self.armed.rules.digest))
        self.hear(lambda at: LinkSeen(at, Link.REST, True))
        stage.clockwork.after(self._random.uniform(50, 500), self.connect)

    def _recovered(self) -> State:
        if not self._stage.plan.is_encoded:
            return self.stored
        recovered: State = from_text(to_text(self.stored, State), State)
        return recovered

    def crash(self) -> None:
        """Die here; what was not stored is gone, requests under way go on without anybody to hear the answer."""
        stage = self._stage
        self.is_running = False
        self.life += 1
        stage.note("the guard dies")
        self.disconnect()
        stage.listener.crashed()
        stage.clockwork.after(self._random.choice((300, 3000, 12_000)), self.start)

    def hear(self, make: Callable[[Instant], Event], versions: Mapping[str, int] = NO_VERSIONS) -> None:
        """Step with one event, store, and hand over what is to be sent. `versions`: how new its positions are."""
        if not self.is_running:
            return
        stage = self._stage
        before, event = self.state, make(stage.trusted())
        after, outcome = step(before, event, self.armed.rules)
        self.outdated = frozenset(c for c, version in versions.items() if version < self.newest.get(c, 0))
        self._note_versions(event, after, versions)
        if outcome.commands and stage.strikes(self._random, "crash_unstored"):
            self.crash()
            return
        self.state = self.stored = after
        stage.listener.stepped(before, event, after, outcome)
        if outcome.commands and stage.strikes(self._random, "crash"):
            self.crash()
            return
        self._plan_tick(outcome)
        for command in outcome.commands:
            stage.listener.asked(command, after)
            self._queue.append(command)
        self._work()

    def _note_versions(self, event: Event, after: State, versions: Mapping[str, int]) -> None:
        """Note how new the sizes are that the guard believes in; a reading it did not take over changes nothing."""
        read = (
            {row.contract: row.size for row in event.positions} if isinstance(event, SnapshotTaken) else None
        )
        for contract, version in versions.items():
            self.newest[contract] = max(version, self.newest.get(contract, 0))
            if read is None or read.get(contract, 0) == after.size(contract):
                self.view[contract] = version

    def _plan_tick(self, outcome: Outcome) -> None:
        self._deadline = outcome.deadline
        if outcome.deadline is None:
            return
        life, due = self.life, outcome.deadline

        def tick() -> None:
            if life == self.life and self._deadline == due:
                self.hear(ClockTick)

        self._stage.clockwork.at(due - self._stage.skew - self._stage.clockwork.leap, tick)

    def _work(self) -> None:
        """Execute the next command: one after the other, as the enforcer's thread does."""
        if self.is_busy or not self._queue:
            return
        self.is_busy = True
        command, life, stage = self._queue.popleft(), self.life, self._stage

        def done(event: Event, versions: Mapping[str, int] = NO_VERSIONS) -> None:
            if life != self.life:
                return
            self.hear(lambda at: event, versions)
            self.is_busy = False
            self._work()

        self.hear(lambda at: CommandSent(at, stage.account, command.id))
        if life != self.life:
            return
        if isinstance(command, TakeSnapshot):
            self._reader.read(command.fills_since, command.id, done)
        else:
            stage.listener.requested(1)
            self._rest.send(command, done)

    def fills_since(self) -> Instant:
        """Return from when on fills are to be read, as the service tells the connector."""
        state = self.state
        needed = history_needed(self.armed.rules, self._stage.trusted(), state.started_at)
        known = state.ledger.known_since
        if state.synced_at is None or known is None or known > needed:
            return needed
        return Instant(max(needed, state.synced_at - OVERLAP))


def is_view(event: Event) -> bool:
    """Say whether a reading succeeded."""
    return isinstance(event, SnapshotTaken)
