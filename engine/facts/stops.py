"""Protective stops of a position: which orders they are, how far away, and what they would cost."""

from collections.abc import Iterable

from engine.exposure import exit_orders
from engine.facts.view import View
from engine.instruments import money_for, ticks_between
from engine.marks import first_quote_due, mark
from engine.units import Money, Price, Ticks
from engine.venue import PROTECTIVE_KINDS, Order, OrderKind, OrderStatus, Position


def protective_stops(view: View, position: Position) -> tuple[Order, ...]:
    """Return the working stops that count: opposite side, right kind, losing side of the market, near enough.

    Judged by the current market, not by the entry: a stop in profit protects too (`rules.md` 1.8). While the
    mark is unknown its side cannot be judged and the order counts.
    """
    return tuple(
        order for order in exit_orders(view.state, position.contract) if _counts(view, position, order)
    )


def covered_size(view: View, position: Position) -> int:
    """Return the contracts (whole, no sign) under protective stops, at most what is held."""
    return min(sum(order.remaining for order in protective_stops(view, position)), abs(position.size))


def stop_price(view: View, position: Position) -> Price | None:
    """Return the price of the loosest stop that counts; None without one."""
    prices = [order.stop_price for order in protective_stops(view, position) if order.stop_price is not None]
    if not prices:
        return None
    return min(prices) if position.size > 0 else max(prices)


def stopped_out_loss(view: View, positions: Iterable[Position]) -> Money | None:
    """Return what is lost if every stop fills at its price, never below zero; None if a contract is uncovered.

    None as well while a first quote may still be on its way: the worst case of an entry that is milliseconds old, with
    a wide stop and not a dollar lost, would close it and lock the day.
    """
    due = first_quote_due(view.state, view.settings)
    if due is not None and view.state.now < due:
        return None
    total = 0
    for position in positions:
        result = _result_at_stops(view, position)
        if result is None:
            return None
        total += result
    return Money(max(-total, 0))


def distance(view: View, position: Position, price: Price) -> Ticks | None:
    """Return the ticks from the mark to a price, without sign; None while the mark is unknown."""
    instrument, at = view.state.instruments.get(position.contract), mark(view.state, view.settings, position)
    if instrument is None or at is None:
        return None
    return Ticks(abs(ticks_between(instrument, at, price)))


def _counts(view: View, position: Position, order: Order) -> bool:
    stops = view.settings.stops
    if order.kind not in PROTECTIVE_KINDS or order.status is OrderStatus.SUSPENDED:
        return False
    if order.kind is OrderKind.STOP_LIMIT and not stops.allow_stop_limit:
        return False
    at = mark(view.state, view.settings, position)
    if order.stop_price is None or at is None:
        return True
    is_losing_side = order.stop_price < at if position.size > 0 else order.stop_price > at
    far = distance(view, position, order.stop_price)
    return is_losing_side and (stops.max_distance is None or far is None or far <= stops.max_distance)


def _result_at_stops(view: View, position: Position) -> int | None:
    instrument = view.state.instruments.get(position.contract)
    left, total = abs(position.size), 0
    if instrument is None:
        return None
    for order in protective_stops(view, position):
        if order.stop_price is None:
            return None
        size = min(order.remaining, left)
        left -= size
        ticks = ticks_between(instrument, position.average_price, order.stop_price)
        total += money_for(instrument, ticks, size if position.size > 0 else -size)
    return None if left else total
