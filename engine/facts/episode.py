"""Facts about the course of a position: its peak, its stop, its target, its price of no gain."""

from engine.exposure import exit_orders
from engine.facts.position import PositionFacts
from engine.facts.stops import distance, stop_price, stopped_out_loss
from engine.held import Peak
from engine.marks import mark
from engine.units import Money, Price, Ticks, divide_half_even
from engine.venue import Order, OrderKind


class EpisodeFacts(PositionFacts):
    """The rest of `position.*`: what needs the whole life of the position, or its orders."""

    __slots__ = ()

    @property
    def last_price(self) -> Price | None:
        """The price at which the position is valued now."""
        held = self._held()
        return None if held is None else mark(self._view.state, self._view.settings, held)

    @property
    def best_price(self) -> Price | None:
        """The best mark since it was opened. After downtime a bound, not the whole truth."""
        peak = self._peak()
        return peak.best_price if peak else None

    @property
    def peak_ticks(self) -> Ticks | None:
        """The most ticks it was ever ahead."""
        peak = self._peak()
        return peak.ticks if peak else None

    @property
    def peak_profit(self) -> Money | None:
        """Its highest total profit, never below zero."""
        peak = self._peak()
        return peak.profit if peak else None

    @property
    def total_pnl(self) -> Money | None:
        """Open result plus what the position has already realized, signed."""
        pnl = self.open_pnl
        return None if pnl is None else Money(pnl + self._view.state.booked(self._view.subject.key))

    @property
    def total_loss(self) -> Money | None:
        """Size of a negative total."""
        pnl = self.total_pnl
        return None if pnl is None else Money(max(-pnl, 0))

    @property
    def total_profit(self) -> Money | None:
        """A positive total."""
        pnl = self.total_pnl
        return None if pnl is None else Money(max(pnl, 0))

    @property
    def breakeven_price(self) -> Price | None:
        """Average entry, moved by the costs of both sides: those paid, and as much again for the way out."""
        held, episode = self._held(), self._view.state.book.episodes.get(self._view.subject.key)
        instrument = self._view.state.instruments.get(self._view.subject.key)
        if held is None or instrument is None:
            return None
        costs = 2 * episode.costs if episode else 0
        move = divide_half_even(costs * instrument.tick_size, instrument.tick_value * abs(held.size))
        return Price(held.average_price + (move if held.size > 0 else -move))

    @property
    def stop_price(self) -> Price | None:
        """The loosest protective stop; unknown without one."""
        held = self._held()
        return None if held is None else stop_price(self._view, held)

    @property
    def stop_distance(self) -> Ticks | None:
        """Ticks from the mark to the loosest stop; unknown without one."""
        held, price = self._held(), self.stop_price
        return None if held is None or price is None else distance(self._view, held, price)

    @property
    def stopped_out_loss(self) -> Money | None:
        """What is lost if its stops fill, never below zero; unknown if a contract is uncovered."""
        held = self._held()
        return None if held is None else stopped_out_loss(self._view, [held])

    @property
    def has_target(self) -> bool:
        """Whether limit orders take all of it off."""
        held = self._held()
        return held is not None and sum(order.remaining for order in self._limits()) >= abs(held.size)

    @property
    def target_distance(self) -> Ticks | None:
        """Ticks from the mark to the nearest limit that takes it off; unknown without one."""
        held = self._held()
        prices = [order.limit_price for order in self._limits() if order.limit_price is not None]
        if held is None or not prices:
            return None
        return distance(self._view, held, min(prices) if held.size > 0 else max(prices))

    def _limits(self) -> tuple[Order, ...]:
        orders = exit_orders(self._view.state, self._view.subject.key)
        return tuple(order for order in orders if order.kind is OrderKind.LIMIT)

    def _peak(self) -> Peak | None:
        return self._view.state.peaks.get(self._view.subject.key) if self._held() else None
