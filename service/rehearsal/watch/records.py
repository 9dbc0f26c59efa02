"""Every breach that acts has exactly one enforcement record, and each record ends proven or escalated."""

from collections import Counter

from engine.enforcement import Enforcement, Progress
from engine.events import Event
from engine.outcome import DecisionKind, Outcome
from engine.state import State
from engine.units import SECOND
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Watcher

FRESH = 10 * SECOND
"""A record that has just begun may still be at work when one looks."""

SIZE_RULES = ("max_contracts", "max_each", "no_stop")


class Records(Watcher):
    """Counts open records for each contract."""

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if before.enforcements is after.enforcements and not outcome.decisions:
            return  # as it was when it was looked at last
        running = [record for record in after.enforcements.values() if not record.is_over]
        contracts = Counter(contract for record in running for contract in record.targets)
        twice = [contract for contract, count in contracts.items() if count > 1]
        if twice:
            raise Violation("record", f"{twice} belong to two enforcements at once")
        self._has_record(outcome, running)
        for name, record in before.enforcements.items():
            later = after.enforcements.get(name)
            if later is None and not record.is_over:
                raise Violation("record", f"enforcement {name} vanished before it was proven")
            if later is not None and record.is_over and later.progress is not Progress.PROVEN:
                raise Violation("record", f"enforcement {name} was proven and is open again")

    def _has_record(self, outcome: Outcome, running: list[Enforcement]) -> None:
        for decision in outcome.decisions:
            if (
                decision.kind is DecisionKind.BREACH
                and decision.rule in SIZE_RULES
                and decision.mode == "enforce"
            ):
                named = {reason.rule for record in running for reason in record.reasons}
                binds = any(word.startswith("reduce") for word in decision.wants)
                if binds and decision.rule not in named:
                    raise Violation("record", f"the breach of {decision.rule} has no enforcement")

    def converged(self) -> None:
        self._over()

    def finished(self) -> None:
        self._over()

    def _over(self) -> None:
        state = self.scene.guard.state
        for record in state.enforcements.values():
            if not record.is_over and record.detected_at < self.scene.stage.trusted() - FRESH:
                raise Violation("record", f"enforcement {record.id} is still {record.progress}: {record}")
