"""The promises that are watched, one file for each family of them."""

from typing import TYPE_CHECKING

from engine.commands import Command
from engine.events import Event
from engine.outcome import Outcome
from engine.state import State
from service.rehearsal.watch.acts import Acts
from service.rehearsal.watch.books import Books
from service.rehearsal.watch.convergence import Convergence
from service.rehearsal.watch.effort import Effort
from service.rehearsal.watch.exposure import Exposure
from service.rehearsal.watch.locks import Locks
from service.rehearsal.watch.protection import Protection
from service.rehearsal.watch.recorder import Recorder
from service.rehearsal.watch.records import Records
from service.rehearsal.watch.watcher import Violation, Watcher

if TYPE_CHECKING:
    from service.rehearsal.world import World

__all__ = ["WATCHERS", "Violation", "Watch", "Watcher"]

WATCHERS: tuple[type[Watcher], ...] = (
    Recorder,
    Exposure,
    Locks,
    Acts,
    Protection,
    Records,
    Effort,
    Convergence,
    Books,
)


class Watch(Watcher):
    """All watchers as one."""

    def __init__(self, world: "World") -> None:
        super().__init__(world)
        self.all = tuple(kind(world) for kind in WATCHERS)

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        for watcher in self.all:
            watcher.stepped(before, event, after, outcome)

    def asked(self, command: Command, state: State) -> None:
        for watcher in self.all:
            watcher.asked(command, state)

    def executing(self, command: Command) -> None:
        for watcher in self.all:
            watcher.executing(command)

    def accepted(self, command: Command, order_id: int) -> None:
        for watcher in self.all:
            watcher.accepted(command, order_id)

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        for watcher in self.all:
            watcher.filled(contract, before, after, command, order_id)

    def requested(self, count: int) -> None:
        for watcher in self.all:
            watcher.requested(count)

    def crashed(self) -> None:
        for watcher in self.all:
            watcher.crashed()

    def looked(self) -> None:
        for watcher in self.all:
            watcher.looked()

    def calmed(self) -> None:
        for watcher in self.all:
            watcher.calmed()

    def converged(self) -> None:
        for watcher in self.all:
            watcher.converged()

    def finished(self) -> None:
        for watcher in self.all:
            watcher.finished()
