"""cancel_orders: no working orders that could raise exposure; exits stay."""

from dataclasses import dataclass

from engine.demand import Demand
from engine.facts import Facts
from engine.venue import Side


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """No entry orders in `on` (account, symbol or position), on one `side` or on both (None)."""

    on: str
    side: Side | None = None

    def demand(self, facts: Facts) -> Demand:
        return Demand(cancels=frozenset({(facts.scope(self.on), self.side)}))

    def words(self, facts: Facts) -> str:
        return f"cancel {facts.scope_words(self.on)}"
