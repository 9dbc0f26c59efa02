"""A state that walks on through events which never happened, and what was decided on the way."""

from engine.events import ClockTick, Event
from engine.outcome import Decision
from engine.rule import RuleSet
from engine.state import State
from engine.step import step
from engine.units import Instant


class Walk:
    """Steps a frozen state. `decisions` are those since the beginning, the settling tick left out."""

    def __init__(self, state: State, rules: RuleSet, now: Instant) -> None:
        """Begin at `now`: whatever is due by then is settled first and is nobody's doing."""
        self.rules = rules
        self.now = Instant(max(state.now, now))
        self.before, _ = step(state, ClockTick(self.now), rules)
        self.state = self.before
        self.decisions: list[Decision] = []

    def hear(self, *events: Event) -> None:
        """Let the engine hear of these, one after the other."""
        for event in events:
            self.state, outcome = step(self.state, event, self.rules)
            self.decisions += outcome.decisions
