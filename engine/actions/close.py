"""close: go flat in a position or symbol; working orders stay."""

from dataclasses import dataclass

from engine.demand import Demand
from engine.facts import Facts


@dataclass(frozen=True, slots=True)
class Close:
    """Wanted size 0. `on` is position or symbol."""

    on: str

    def demand(self, facts: Facts) -> Demand:
        return Demand(caps={facts.scope(self.on): 0})

    def words(self, facts: Facts) -> str:
        return f"close {facts.scope_words(self.on)}"
