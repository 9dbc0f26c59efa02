"""warn: say it on the screen; nothing is enforced."""

from dataclasses import dataclass

from engine.demand import Demand
from engine.facts import Facts


@dataclass(frozen=True, slots=True)
class Warn:
    """Show the rule's message to `people` (trader, admin) as a warning."""

    people: frozenset[str]

    def demand(self, facts: Facts) -> Demand:
        return Demand(warn=self.people)

    def words(self, facts: Facts) -> str:
        return ""
