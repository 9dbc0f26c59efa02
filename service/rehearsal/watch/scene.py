"""What watchers look at, and what all of them are."""

from collections import Counter
from dataclasses import dataclass

from service.rehearsal.guard import Guard
from service.rehearsal.guard_housed import HousedGuard
from service.rehearsal.hub import Hub
from service.rehearsal.listener import Listener
from service.rehearsal.rest import Rest
from service.rehearsal.stage import Stage
from service.rehearsal.truth import Truth


@dataclass(frozen=True, slots=True)
class Scene:
    """The parts of a world that watchers compare."""

    stage: Stage
    guard: Guard
    truth: Truth
    rest: Rest
    hub: Hub

    def is_forgetful(self) -> bool:
        """Say whether the disk takes nothing right now: what is decided would not outlive a death."""
        guard = self.guard
        failing = isinstance(guard, HousedGuard) and guard.inside.alarms.has("store_failed")
        return failing or guard.state.is_store_failing


class Watcher(Listener):
    """Watches one family of promises and raises Violation at the first that is broken.

    `races` counts what the venue makes unavoidable.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.races: Counter[str] = Counter()
