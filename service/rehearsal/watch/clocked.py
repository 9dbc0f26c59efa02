"""Trusted time never runs ahead of the venue, whatever the host's clock does: so nothing can end too early."""

from engine.events import Event
from engine.outcome import Outcome
from engine.state import State
from engine.units import SECOND
from service.rehearsal.guard_housed import HousedGuard
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Watcher

BEHIND = 3 * SECOND
"""How far trusted time may lag once the venue was heard: a header is in whole seconds and travels."""


class Clocked(Watcher):
    """Compares the guard's time with the venue's own. A bare guard is given its time, so there is nothing to see."""

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        guard = self.scene.guard
        if isinstance(guard, HousedGuard):
            ahead = after.now - guard.clocks.venue()
            if ahead > 0:
                raise Violation("time", f"trusted time is {ahead / SECOND:.3f} s ahead of the venue")

    def converged(self) -> None:
        guard = self.scene.guard
        if isinstance(guard, HousedGuard):
            behind = guard.clocks.venue() - self.scene.stage.trusted()
            if behind > BEHIND:
                raise Violation("time", f"trusted time is {behind / SECOND:.3f} s behind the venue")
