"""After a start stored values may tighten, never free: until the venue was read no condition ends a lock."""

from engine.events import Event, LockLifted
from engine.lockbook import STRICTNESS
from engine.locks import EndKind
from engine.outcome import DecisionKind, Outcome
from engine.state import State
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Watcher


class Unconfirmed(Watcher):
    """Looks at every step before the first view after a start."""

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if after.is_confirmed or self.scene.guard.armed.is_shipped:
            return
        for name, lock in before.locks.items():
            now = after.locks.get(name)
            if now is None:
                is_lifted = isinstance(event, LockLifted) and event.lock == name
                if not is_lifted and lock.end.kind is not EndKind.INSTANT:
                    raise Violation(
                        "unconfirmed", f"lock {name} of {lock.rule} ended before the venue was read"
                    )
            elif STRICTNESS.index(now.state) < STRICTNESS.index(lock.state):
                raise Violation("unconfirmed", f"lock {name} became looser before the venue was read")
        freed = [one.rule for one in outcome.decisions if one.kind is DecisionKind.RELEASE]
        if freed:
            raise Violation("unconfirmed", f"{freed} were released before the venue was read")
