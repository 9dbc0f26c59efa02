"""The guard as the rest of a world sees it: it hears, sends one request after the other, stands still, dies, starts."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.events import Event, InstrumentsSeen, Link, LinkSeen, SnapshotTaken
from engine.history_needed import fills_needed
from engine.locks import Lock
from engine.outcome import Outcome
from engine.state import State
from engine.units import Instant
from service.rehearsal.lanes import NO_VERSIONS, Lanes
from service.rehearsal.reading import Reader
from service.rehearsal.rest import Rest
from service.rehearsal.rulebook import Armed
from service.rehearsal.sleeper import Sleeper
from service.rehearsal.stage import Stage
from service.rehearsal.translate import instrument_of


class Guard(Sleeper):
    """One account's guard: what is the same whatever it steps and stores with.

    `view` says how new the position is that the guard believes in, `newest` the newest it ever heard of, `outdated`
    of which contracts the latest message told something older than that. `life` counts starts and deaths.
    """

    def __init__(self, stage: Stage, rest: Rest, reader: Reader, armed: Armed) -> None:
        super().__init__(stage)
        self._rest = rest
        self._reader = reader
        self._random = stage.chance("guard")
        self.armed = armed
        self.connect: Callable[[], None] = lambda: None
        self.disconnect: Callable[[], None] = lambda: None
        self.state = State(stage.account, started_at=stage.trusted())
        self.is_running = False
        self.view: dict[str, int] = {}
        self.newest: dict[str, int] = {}
        self.outdated: frozenset[str] = frozenset()
        self._rest = rest
        self._lanes = Lanes(stage, self, rest, reader)
        self._deadline: Instant | None = None

    def start(self) -> None:
        """Start the process: stored state first, then contracts, rules, and the connections."""
        stage = self._stage
        self.life += 1
        life = self.life
        self.is_running = True
        self._lanes.clear()
        self._backlog.clear()
        self.is_still = False
        before = self.state
        self._begin()
        self._forget_lost(before)
        self._rest.log_in()
        contracts = stage.exchange.venue.catalogue.contracts
        known = tuple(instrument_of(contracts[name]) for name in stage.contracts)
        self.hear(lambda at: InstrumentsSeen(at, known))
        self.hear(lambda at: LinkSeen(at, Link.REST, True))
        if life == self.life:
            stage.clockwork.after(self._random.uniform(50, 500), partial(self._connect, life))

    def reach(self, is_live: bool) -> None:
        """Hear that requests reach the venue, or do not, when that is news."""
        seen = self.state.links.get(Link.REST)
        if seen is not None and seen.is_live is not is_live:
            self.hear(lambda at: LinkSeen(at, Link.REST, is_live))

    def _forget_lost(self, before: State) -> None:
        """Take what a death undid as never heard of: the disk had not taken it yet."""
        for contract in self._stage.contracts:
            if self.state.heard.get(contract) != before.heard.get(contract):
                self.newest.pop(contract, None)

    def _connect(self, life: int) -> None:
        if life == self.life:
            self.connect()

    def _begin(self) -> None:
        """Take up what was stored, and the rules."""
        raise NotImplementedError

    def crash(self) -> None:
        """Die here; what was not stored is gone, requests under way go on without anybody to hear the answer."""
        stage = self._stage
        self.is_running = self.is_still = False
        self.life += 1
        stage.note("the guard dies")
        self.disconnect()
        stage.listener.crashed()
        stage.clockwork.after(self._random.choice((300, 3000, 12_000)), self.start)

    def close(self) -> None:
        """Let go of what outlives a process."""

    def survivors(self, locks: Mapping[str, Lock]) -> Mapping[str, Lock]:
        """Return which of the locks that were in force must be there after a death right now."""
        return locks

    def _die(self) -> None:
        """Die right after a step was stored."""
        self.crash()

    def hear(self, make: Callable[[Instant], Event], versions: Mapping[str, int] = NO_VERSIONS) -> None:
        """Step with one event, store, and hand over what is to be sent. `versions`: how new its positions are."""
        if self.is_still:
            self._backlog.append(partial(self.hear, make, versions))
        elif self.is_running:
            life = self.life
            self._take(make(self._stage.trusted()), versions)
            if life == self.life:
                self._lanes.work()

    def _take(self, event: Event, versions: Mapping[str, int]) -> None:
        """Step with one event, store, and then tell (`_told`)."""
        raise NotImplementedError

    def _told(
        self, before: State, event: Event, after: State, outcome: Outcome, versions: Mapping[str, int]
    ) -> None:
        """Go on from a step that is stored."""
        stage = self._stage
        self.state = after
        self.outdated = frozenset(c for c, version in versions.items() if version < self.newest.get(c, 0))
        self._note_versions(event, after, versions)
        stage.listener.stepped(before, event, after, outcome)
        if outcome.commands and stage.strikes(self._random, "crash"):
            self._die()
            return
        self._plan_tick(outcome)
        for command in outcome.commands:
            stage.listener.asked(command, after)
            self._lanes.hand(command)

    def _note_versions(self, event: Event, after: State, versions: Mapping[str, int]) -> None:
        """Note how new the sizes are that the guard believes in; a reading it did not take over changes nothing."""
        if isinstance(event, SnapshotTaken):
            if after.synced_at != event.asked_at:
                return  # overtaken: only its fills were taken over
            read = {row.contract: row.size for row in event.positions}
        else:
            read = None
        for contract, version in versions.items():
            self.newest[contract] = max(version, self.newest.get(contract, 0))
            if read is None or read.get(contract, 0) == after.size(contract):
                self.view[contract] = version

    def _plan_tick(self, outcome: Outcome) -> None:
        """See that the guard hears of the instant at which silence matters."""
        raise NotImplementedError

    def is_waiting(self, contract: str) -> bool:
        """Say whether a request about a contract has no answer yet, so that the next one waits behind it."""
        return contract in self._lanes.busy

    def fills_since(self) -> Instant:
        """Return from when on fills are to be read, as the service tells the connector."""
        return fills_needed(self.state, self.armed.rules, self._stage.trusted())


def is_view(event: Event) -> bool:
    """Say whether a reading succeeded."""
    return isinstance(event, SnapshotTaken)
