"""require_stop: place a protective stop for what has none."""

from dataclasses import dataclass

from engine.demand import NOTHING, Demand
from engine.facts import Facts
from engine.units import SCALE, Ticks


@dataclass(frozen=True, slots=True)
class RequireStop:
    """A stop `distance` (millionths of a tick, positive) from the market for every contract without one."""

    distance: Ticks

    def demand(self, facts: Facts) -> Demand:
        contract = facts.view.subject.key
        return Demand(required={contract: self.distance}) if facts.view.state.size(contract) else NOTHING

    def words(self, facts: Facts) -> str:
        return f"require_stop {facts.symbol.name} {self.distance // SCALE} ticks"
