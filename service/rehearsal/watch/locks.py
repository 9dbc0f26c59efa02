"""I2: a lock that was stored is never lost, never loosened, never early, and it always ends."""

from engine.events import Event, LockLifted
from engine.lockbook import STRICTNESS
from engine.locks import EndKind, Lock, TradingState
from engine.outcome import Outcome
from engine.scope import covers
from engine.state import State
from engine.units import Instant
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Scene, Watcher


class Locks(Watcher):
    """Keeps its own copy of every lock that was ever stored."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.stored: dict[str, Lock] = {}
        self.ending: frozenset[str] = frozenset()

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        for name, lock in self.stored.items():
            now = after.locks.get(name)
            if now is None:
                self._ended(lock, event, after)
            else:
                self._kept(lock, now)
        self.stored = dict(after.locks)

    def crashed(self) -> None:
        self.stored = dict(self.scene.guard.survivors(self.stored))

    def _ended(self, lock: Lock, event: Event, after: State) -> None:
        if after.is_store_failing:
            raise Violation("I2", f"lock {lock.id} ended while nobody could keep that")
        if isinstance(event, LockLifted) and event.lock == lock.id:
            return
        if lock.source.startswith("person/") or lock.end.kind is EndKind.INSTANT:
            if lock.end.kind is EndKind.MANUAL or lock.end.at is None or lock.end.at > after.now:
                raise Violation("I2", f"lock {lock.id} of {lock.rule} ended before {lock.end.at}")
        elif lock.end.kind is EndKind.MANUAL:
            raise Violation("I2", f"lock {lock.id} of {lock.rule} ended though only an admin may lift it")
        if lock.state is TradingState.FLAT_ONLY:
            self._must_be_flat(lock, after)

    def _must_be_flat(self, lock: Lock, after: State) -> None:
        if not after.is_confirmed:
            raise Violation("I2", f"flat-only lock {lock.id} ended on a position that nobody has confirmed")
        held = [c for c in after.positions if covers(lock.scope, c, after.root(c))]
        if held:
            raise Violation("I2", f"flat-only lock {lock.id} ended while {held} was held")

    def _kept(self, old: Lock, new: Lock) -> None:
        if STRICTNESS.index(new.state) < STRICTNESS.index(old.state):
            raise Violation("I2", f"lock {old.id} became looser: {old.state} -> {new.state}")
        if _end(new) < _end(old) and old.end.kind is not EndKind.CONDITION:
            raise Violation("I2", f"lock {old.id} was shortened: {old.end} -> {new.end}")
        if (old.scope, old.side, old.set_at) != (new.scope, new.side, new.set_at):
            raise Violation("I2", f"lock {old.id} was overwritten")
        wider = [c for c, cap in new.caps.items() if abs(cap) > abs(old.caps.get(c, 0))]
        if wider:
            raise Violation("I2", f"lock {old.id} allows more than before in {wider}")

    def converged(self) -> None:
        self.ending = frozenset(self.scene.guard.state.locks)

    def finished(self) -> None:
        """Say which locks outlived their end. The condition of a shipped rule may wait for facts alone, for ever."""
        state = self.scene.guard.state
        for lock in (lock for name, lock in state.locks.items() if name in self.ending):
            if lock.end.kind is EndKind.INSTANT and lock.end.at is not None and lock.end.at < state.now:
                raise Violation("I2", f"lock {lock.id} of {lock.rule} outlived its end {lock.end.at}")
            if lock.end.kind is EndKind.CONDITION and not self.scene.guard.armed.is_shipped:
                raise Violation("I2", f"lock {lock.id} of {lock.rule} never ends: {lock.end}")
            if lock.end.kind is EndKind.MANUAL:
                raise Violation("I2", f"lock {lock.id} of {lock.rule} outlived its lifting by the admin")


def _end(lock: Lock) -> Instant:
    if lock.end.kind is EndKind.MANUAL or lock.end.at is None:
        return Instant(2**62)
    return lock.end.at
