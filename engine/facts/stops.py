"""Protective stops of a position: which orders they are, how far away, and what they would cost."""

from collections.abc import Iterable

from engine.exposure import exit_orders
from engine.facts.view import View
from engine.instruments import money_for, ticks_between
from engine.marks import first_quote_due, mark
from engine.settings import Reach
from engine.units import Money, Price, Ticks
from engine.venue import PROTECTIVE_KINDS, Order, OrderKind, OrderStatus, Position


def protective_stops(view: View, position: Position) -> tuple[Order, ...]:
    """Return the working stops that count: opposite side, right kind, losing side of the market, near enough.

    Judged by the current market, not by the entry: a stop in profit protects too (`rules.md` 1.8). While the
    mark is unknown its side cannot be judged and the order counts; also while it is unknown how near is near enough.
    """
    return tuple(
        order for order in _candidates(view, position) if _counts(view, position, order) is not False
    )


def losing_stops(view: View, position: Position) -> tuple[Order, ...]:
    """Return the working stops on the losing side of the market, however far away; all while the mark is unknown."""
    return tuple(order for order in _candidates(view, position) if _would_lose(view, position, order))


def covered_size(view: View, position: Position) -> int | None:
    """Return the contracts (whole, no sign) under protective stops, at most what is held.

    None while that depends on stops of which it is unknown whether they are near enough.
    """
    answers = [(_counts(view, position, order), order.remaining) for order in _candidates(view, position)]
    surely = sum(size for counts, size in answers if counts is True)
    at_most = sum(size for counts, size in answers if counts is not False)
    held = abs(position.size)
    return min(surely, held) if min(surely, held) == min(at_most, held) else None


def is_certain(view: View, position: Position) -> bool:
    """Say whether it is known of every stop whether it counts."""
    return all(_counts(view, position, order) is not None for order in _candidates(view, position))


def stop_price(view: View, position: Position) -> Price | None:
    """Return the price of the loosest stop that counts; None without one, or where that is unknown."""
    prices = [order.stop_price for order in protective_stops(view, position) if order.stop_price is not None]
    if not prices or not is_certain(view, position):
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


def _candidates(view: View, position: Position) -> tuple[Order, ...]:
    return exit_orders(view.state, position.contract)


def _counts(view: View, position: Position, order: Order) -> bool | None:
    """Say whether an order protects; None: unknown, because it is unknown how far away it may be."""
    if order.kind is OrderKind.STOP_LIMIT and not view.settings.stops.allow_stop_limit:
        return False
    if not _would_lose(view, position, order):
        return False
    return order.stop_price is None or _is_near(view, position, order.stop_price)


def _would_lose(view: View, position: Position, order: Order) -> bool:
    if order.kind not in PROTECTIVE_KINDS or order.status is OrderStatus.SUSPENDED:
        return False
    at = mark(view.state, view.settings, position)
    if order.stop_price is None or at is None:
        return True
    return order.stop_price < at if position.size > 0 else order.stop_price > at


def _is_near(view: View, position: Position, price: Price) -> bool | None:
    limit, far = view.settings.stops.max_distance, distance(view, position, price)
    if limit is None or far is None:
        return True
    if not isinstance(limit, Reach):
        return far <= limit
    most, instrument = limit.read(view), view.state.instruments.get(position.contract)
    if most is None or instrument is None:
        return None
    return (money_for(instrument, far, abs(position.size)) if limit.unit == "money" else far) <= most


def _result_at_stops(view: View, position: Position) -> int | None:
    instrument = view.state.instruments.get(position.contract)
    left, total = abs(position.size), 0
    if instrument is None or not is_certain(view, position):
        return None
    for order in protective_stops(view, position):
        if order.stop_price is None:
            return None
        size = min(order.remaining, left)
        left -= size
        ticks = ticks_between(instrument, position.average_price, order.stop_price)
        total += money_for(instrument, ticks, size if position.size > 0 else -size)
    return None if left else total
