"""The promises that are watched, one file for each family of them."""

import sqlite3
from collections.abc import Sequence

from engine.commands import Command
from engine.events import Event
from engine.outcome import Outcome
from engine.state import State
from service.rehearsal.listener import Listener
from service.rehearsal.watch.acts import Acts
from service.rehearsal.watch.afresh import Afresh
from service.rehearsal.watch.books import Books
from service.rehearsal.watch.clocked import Clocked
from service.rehearsal.watch.convergence import Convergence
from service.rehearsal.watch.effort import Effort
from service.rehearsal.watch.exposure import Exposure
from service.rehearsal.watch.locks import Locks
from service.rehearsal.watch.orphans import Orphans
from service.rehearsal.watch.protection import Protection
from service.rehearsal.watch.reasons import Reasons
from service.rehearsal.watch.recorder import Recorder
from service.rehearsal.watch.records import Records
from service.rehearsal.watch.scene import Scene, Watcher
from service.rehearsal.watch.silence import Silence
from service.rehearsal.watch.stops import Stops
from service.rehearsal.watch.trail import Trail
from service.rehearsal.watch.unconfirmed import Unconfirmed

__all__ = ["WATCHERS", "Scene", "Watch", "Watcher"]

WATCHERS: tuple[type[Watcher], ...] = (
    Exposure,
    Locks,
    Protection,
    Stops,
    Records,
    Convergence,
    Reasons,
    Afresh,
    Orphans,
    Books,
    Trail,
    Silence,
    Unconfirmed,
    Clocked,
)


class Watch(Listener):
    """All watchers as one, and whoever else wants to hear. Each is only told what it listens to: much happens."""

    def __init__(self, scene: Scene, *others: Listener) -> None:
        self.recorder = Recorder(scene)
        self.acts = Acts(scene)
        self.effort = Effort(scene)
        watchers = (kind(scene) for kind in WATCHERS)
        self.tell((self.recorder, self.acts, self.effort, *watchers, *others))

    def tell(self, listeners: Sequence[Listener]) -> None:
        """Tell these from now on, and nobody else."""
        self.all = tuple(listeners)
        self._hear = {what: _who_hear(what, self.all) for what in vars(Listener) if what[0] != "_"}

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        for watcher in self._hear["stepped"]:
            watcher.stepped(before, event, after, outcome)

    def asked(self, command: Command, state: State) -> None:
        for watcher in self._hear["asked"]:
            watcher.asked(command, state)

    def executing(self, command: Command) -> None:
        for watcher in self._hear["executing"]:
            watcher.executing(command)

    def accepted(self, command: Command, order_id: int) -> None:
        for watcher in self._hear["accepted"]:
            watcher.accepted(command, order_id)

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        for watcher in self._hear["filled"]:
            watcher.filled(contract, before, after, command, order_id)

    def requested(self, count: int) -> None:
        for watcher in self._hear["requested"]:
            watcher.requested(count)

    def opened(self, store: sqlite3.Connection) -> None:
        for watcher in self._hear["opened"]:
            watcher.opened(store)

    def crashed(self) -> None:
        for watcher in self._hear["crashed"]:
            watcher.crashed()

    def stood_still(self, length: int) -> None:
        for watcher in self._hear["stood_still"]:
            watcher.stood_still(length)

    def looked(self) -> None:
        for watcher in self._hear["looked"]:
            watcher.looked()

    def converged(self) -> None:
        for watcher in self._hear["converged"]:
            watcher.converged()

    def finished(self) -> None:
        for watcher in self._hear["finished"]:
            watcher.finished()


def _who_hear(what: str, listeners: Sequence[Listener]) -> tuple[Listener, ...]:
    """Return those to whom it means something: who only inherits the method that does nothing is left out."""
    return tuple(one for one in listeners if getattr(type(one), what) is not getattr(Listener, what))
