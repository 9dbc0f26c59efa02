"""One account under guard, as the engine thread holds it."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.enforcement import Enforcement
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.state import State
from engine.units import Instant
from service.waiting import Waiting

RECENT = 20
"""How many enforcements the status shows."""


@dataclass(slots=True)
class Guarded:
    """Written by the engine thread alone; other threads read whole fields, whose values are frozen.

    `origin` is the login that its events come from. `halted` says why nothing is done for it any more. `is_begun`: this
    guard has heard an event for it; before, the state is what an earlier one left.
    `waiting`: changes of its rules that take effect later. `files`: digests of the files that its rules were made from.
    """

    name: str
    id: int
    origin: str
    mode: str
    rules: RuleSet
    state: State
    halted: str = ""
    deadline: Instant | None = None
    is_begun: bool = False
    waiting: Waiting | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    recent: deque[Enforcement] = field(default_factory=lambda: deque(maxlen=RECENT))

    @property
    def shown(self) -> State:
        """The state as people may see it: what an earlier guard knew of the venue is not confirmed by this one."""
        if self.is_begun:
            return self.state
        return replace(self.state, is_confirmed=False, links={}, quotes={})

    def adopt(self, state: State, outcome: Outcome) -> None:
        """Take over what a step led to."""
        self.state = state
        self.is_begun = True
        self.deadline = outcome.deadline
        for enforcement in outcome.enforcements.values():
            self._show(enforcement)

    def _show(self, enforcement: Enforcement) -> None:
        """Put a record in place of its older self, or first; the deque is replaced whole for its readers."""
        known = [old for old in self.recent if old.id != enforcement.id]
        self.recent = deque(
            sorted([*known, enforcement], key=lambda one: one.detected_at, reverse=True)[:RECENT], RECENT
        )
