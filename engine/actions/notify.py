"""notify: tell people; it changes nothing at the venue."""

from dataclasses import dataclass

from engine.demand import Demand
from engine.facts import Facts


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell `people` (trader, admin) what the rule's message says."""

    people: frozenset[str]

    def demand(self, facts: Facts) -> Demand:
        return Demand(tell=self.people)

    def words(self, facts: Facts) -> str:
        return ""
