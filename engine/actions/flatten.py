"""flatten: close everything in a scope and keep no working orders there."""

from dataclasses import dataclass

from engine.demand import Demand
from engine.facts import Facts


@dataclass(frozen=True, slots=True)
class Flatten:
    """Wanted size 0 and no working entry orders. `on` is account, symbol or position."""

    on: str

    def demand(self, facts: Facts) -> Demand:
        scope = facts.scope(self.on)
        return Demand(caps={scope: 0}, cancels=frozenset({(scope, None)}))

    def words(self, facts: Facts) -> str:
        return f"flatten {facts.scope_words(self.on)}"
