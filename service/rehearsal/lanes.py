"""A guard's requests on their way out: for each contract one after the other, as the threads of the enforcer do it."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from connectors.topstepx.rest.budget import Use
from engine.commands import Command, TakeSnapshot
from engine.events import Answer, CommandAnswered, CommandSent, Event, Refusal
from engine.units import SECOND, Instant
from service.enforcer import STALE_AFTER, lane_of
from service.rehearsal.reading import Reader
from service.rehearsal.rest import Rest
from service.rehearsal.stage import Stage

NO_VERSIONS: Mapping[str, int] = MappingProxyType({})

Make = Callable[[Instant], Event]


class Asker(Protocol):
    """Whose requests they are. `life` counts starts and deaths."""

    life: int
    is_still: bool

    def hear(self, make: Make, versions: Mapping[str, int] = NO_VERSIONS) -> None:
        """Take in what became of a request."""

    def when_awake(self, act: Callable[[], None]) -> None:
        """Do something now, or as soon as the process runs on."""


class Lanes:
    """Queues of commands, and which of them wait for an answer."""

    def __init__(self, stage: Stage, asker: Asker, rest: Rest, reader: Reader) -> None:
        self._stage = stage
        self._asker = asker
        self._rest = rest
        self._reader = reader
        self._waiting: defaultdict[str, deque[tuple[Command, int]]] = defaultdict(deque)
        self.busy: set[str] = set()

    def clear(self) -> None:
        """Forget everything, as a death does."""
        self._waiting.clear()
        self.busy.clear()

    def hand(self, command: Command) -> None:
        """Take a command that is stored."""
        self._waiting[lane_of(command)].append((command, self._stage.now))

    def work(self) -> None:
        """Execute the next command of each lane."""
        for lane in list(self._waiting):
            if self._waiting[lane]:
                self._work_on(lane)

    def _work_on(self, lane: str) -> None:
        asker = self._asker
        if lane in self.busy or not self._waiting[lane] or asker.is_still:
            return
        self.busy.add(lane)
        (command, since), life = self._waiting[lane].popleft(), asker.life

        def done(event: Event, versions: Mapping[str, int] = NO_VERSIONS) -> None:
            if life == asker.life:
                asker.when_awake(lambda: heard(event, versions))

        def heard(event: Event, versions: Mapping[str, int]) -> None:
            asker.hear(lambda at: event, versions)
            if life == asker.life:
                self.busy.discard(lane)
                self._work_on(lane)

        self._execute(command, self._stage.now - since, done)

    def _execute(self, command: Command, waited: int, done: Callable[..., None]) -> None:
        stage, asker, life = self._stage, self._asker, self._asker.life
        if waited > STALE_AFTER * SECOND and not isinstance(command, TakeSnapshot):
            stage.note(f"too late for {command.id}")
            refused = (Answer.REFUSED, Refusal.STALE)
            done(CommandAnswered(stage.trusted(), stage.account, command.id, *refused))
            return
        asker.hear(lambda at: CommandSent(at, stage.account, command.id))
        if life != asker.life:
            return
        if isinstance(command, TakeSnapshot):
            self._reader.read(command.fills_since, command.id, done, Use.ENFORCEMENT)
        else:
            self._rest.send(command, done)
