"""I1: a size above a limit, once the guard has heard of it, does not outlive the bound while the venue is healthy."""

from engine.commands import TakeSnapshot
from engine.events import Answer, CommandAnswered, CommandSent, Event, GuardStarted, SnapshotTaken
from engine.outcome import Outcome
from engine.state import State
from engine.units import SECOND
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Scene, Watcher

BOUND = SECOND
"""Healthy: from hearing of it to the venue being inside the limit."""
AFTER_UNKNOWN = 6 * SECOND
"""Quarantine of 4 s, a fresh read, the request and its way."""
AFTER_SILENCE = 5 * SECOND
"""Accepted, but its effect never showed: 3 s, a fresh read, the request and its way."""
LONGEST_PAUSE = 16 * SECOND
"""After failures in a row."""


class Exposure(Watcher):
    """Keeps the instant until which being over a limit is excused."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.until: int | None = None
        self.floor = 0
        self.why = ""

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if isinstance(event, CommandAnswered):
            self._answered(event, after)
        if isinstance(event, CommandSent | SnapshotTaken):
            self._excuse(BOUND, "under way")
        for contract in self.scene.stage.contracts:
            if contract in after.quiet and after.quiet[contract].until > after.now:
                self._excuse(min(after.quiet[contract].until - after.now, LONGEST_PAUSE) + BOUND, "a pause")
        if isinstance(event, GuardStarted) and after.in_flight:
            self._excuse(AFTER_UNKNOWN, "requests of before the restart")
        if not after.is_confirmed or not self._knows(after):
            self.until = None
        elif self.until is None or any(after.size(c) != before.size(c) for c in self.scene.stage.contracts):
            self._excuse(BOUND, "heard")
            self.until = self.floor

    def _answered(self, event: CommandAnswered, after: State) -> None:
        if event.answer is not Answer.ACCEPTED:
            waits = [quiet.until - after.now for quiet in after.quiet.values()]
            self._excuse(min(max([0, *waits]), LONGEST_PAUSE) + 2 * BOUND, "failed")
        if event.answer is Answer.UNKNOWN:
            self._excuse(AFTER_UNKNOWN, "outcome unknown")
        if event.answer is Answer.REFUSED:
            self._excuse(2 * BOUND, "refused")
        else:
            self._excuse(AFTER_SILENCE, "effect not seen yet")

    def _knows(self, state: State) -> bool:
        return self._is_over([abs(state.size(contract)) for contract in self.scene.stage.contracts])

    def _is_over(self, sizes: list[int]) -> bool:
        armed = self.scene.guard.armed
        is_over = armed.most is not None and sum(sizes) > armed.most
        return is_over or (armed.most_each is not None and max(sizes) > armed.most_each)

    def _excuse(self, length: int, why: str) -> None:
        moment = self.scene.stage.now + length
        if moment > self.floor:
            self.floor, self.why = moment, why
        if self.until is not None:
            self.until = self.floor

    def stood_still(self, length: int) -> None:
        self._excuse(length + AFTER_SILENCE, "the process stood still")

    def crashed(self) -> None:
        self.until = None

    def looked(self) -> None:
        if self.until is None or self.scene.stage.now <= self.until:
            return
        if not self._is_over(
            [abs(self.scene.truth.sizes[contract]) for contract in self.scene.stage.contracts]
        ):
            return  # only an outdated message says so: the venue is inside the limit
        if self.scene.rest.under_way or self.scene.rest.is_down or not self.scene.hub.is_up:
            self._excuse(AFTER_SILENCE, "the venue is not healthy")
            return
        if any(map(self.scene.guard.is_waiting, self.scene.stage.contracts)):
            self._excuse(BOUND, "a request before it has no answer yet")
            return
        reading = any(isinstance(f.command, TakeSnapshot) for f in self.scene.guard.state.in_flight.values())
        if reading:
            self._excuse(BOUND + SECOND, "being read")
            return
        raise Violation("I1", f"over the limit since too long, last excuse: {self.why}")
