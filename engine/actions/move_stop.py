"""move_stop: every stop of the position at least this tight; a stop never loosens."""

from dataclasses import dataclass

from engine.cause import show_price
from engine.demand import NOTHING, Demand, Pace
from engine.facts import Facts
from engine.units import ONE_TICK, SECOND, Duration, Price, Ticks


@dataclass(frozen=True, slots=True)
class MoveStop:
    """Stops at `price` or tighter, rounded to a tick away from the market.

    Not moved again by less than `step` (millionths of a tick) or within `every` of the last time.
    """

    price: Price
    step: Ticks = ONE_TICK
    every: Duration = SECOND

    def demand(self, facts: Facts) -> Demand:
        contract = facts.view.subject.key
        price = self._rounded(facts)
        if price is None:
            return NOTHING
        paces = {contract: Pace(self.step, self.every)}
        if facts.view.state.size(contract) > 0:
            return Demand(floors={contract: price}, paces=paces)
        return Demand(ceilings={contract: price}, paces=paces)

    def words(self, facts: Facts) -> str:
        price = self._rounded(facts)
        return f"move_stop {facts.symbol.name} {show_price(price)}" if price is not None else ""

    def _rounded(self, facts: Facts) -> Price | None:
        """Return the price on a tick: lower for a long, higher for a short; None while flat."""
        size, tick = facts.view.state.size(facts.view.subject.key), facts.symbol.tick_size
        if size == 0 or tick is None:
            return None
        down = self.price // tick * tick
        return Price(down if size > 0 or down == self.price else down + tick)
