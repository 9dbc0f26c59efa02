"""The guard at its barest: the engine's step, and a variable for what a restart finds."""

from collections.abc import Mapping

from engine.events import ClockTick, Event, GuardStarted, RulesArmed
from engine.outcome import Outcome
from engine.state import State
from engine.step import step
from service.rehearsal.guard import Guard
from service.store.encode import from_text, to_text


class BareGuard(Guard):
    """Keeps the state after the last stored step, and brings it back through the store's codec in half of the worlds."""

    _stored: State | None = None

    def _begin(self) -> None:
        """Take up what was stored, and the rules."""
        stage = self._stage
        self.state = self._recovered()
        last = self.state.now or None
        self.hear(lambda at: GuardStarted(at, stage.account, last))
        if self.state.digest != self.armed.rules.digest:
            self.hear(lambda at: RulesArmed(at, stage.account, self.armed.rules.digest))

    def _recovered(self) -> State:
        stored = self._stored or self.state
        if not self._stage.plan.is_encoded:
            return stored
        recovered: State = from_text(to_text(stored, State), State)
        return recovered

    def _take(self, event: Event, versions: Mapping[str, int]) -> None:
        """Step, store, and tell."""
        before = self.state
        after, outcome = step(before, event, self.armed.rules)
        if outcome.commands and self._stage.strikes(self._random, "crash_unstored"):
            self.crash()
            return
        self._stored = after
        self._told(before, event, after, outcome, versions)

    def _plan_tick(self, outcome: Outcome) -> None:
        self._deadline = outcome.deadline
        if outcome.deadline is None:
            return
        life, due = self.life, outcome.deadline

        def tick() -> None:
            if life == self.life and self._deadline == due:
                self.hear(ClockTick)

        self._stage.clockwork.at(due - self._stage.skew - self._stage.clockwork.leap, tick)
