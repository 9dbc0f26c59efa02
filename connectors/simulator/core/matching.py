"""The matching engine: orders fill only against this venue's own quotes, level by level, in parts by size."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from connectors.simulator.core import brackets, ledger, position_brackets
from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.market import Market
from connectors.simulator.core.records import NINE_DIGITS, Order
from connectors.simulator.core.venue import Venue

LIMITS = (OrderType.LIMIT, OrderType.JOIN_BID, OrderType.JOIN_ASK)


def match_all(venue: Venue, contract_id: str) -> None:
    """Give every working order of a contract its chance at the present quote, oldest first."""
    for order_id in sorted(venue.live.get(contract_id, ())):
        match(venue, order_id)


def match(venue: Venue, order_id: int) -> None:
    """Fill what the present quote allows of one order."""
    order = venue.orders[order_id]
    market = venue.markets[order.contract_id]
    if order.status is not Status.OPEN:
        return
    if order.type is OrderType.TRAILING_STOP:
        order = _follow(venue, order, market)
    if order.type in LIMITS:
        _fill_levels(venue, order, market, _limit_ticks(order, market))
    elif order.type is OrderType.MARKET or _is_triggered(order, market):
        _fill_levels(venue, order, market, None)


def accept(venue: Venue, order_id: int) -> None:
    """Let a pending order start to work: a market order fills, others rest or fill."""
    order = venue.orders[order_id]
    if order.status is not Status.PENDING:
        return
    if order.type is OrderType.MARKET:
        # A market order is never shown as resting: from pending it goes straight to its fills.
        venue.orders[order_id] = replace(order, status=Status.OPEN)
    else:
        venue.save_order(replace(order, status=Status.OPEN, updated=venue.now))
    match(venue, order_id)


def _limit_ticks(order: Order, market: Market) -> int | None:
    return market.contract.ticks(order.limit_price) if order.limit_price is not None else None


def _is_triggered(order: Order, market: Market) -> bool:
    if order.stop_price is None:
        return False
    level = market.contract.ticks(order.stop_price)
    return market.last >= level if order.side is Side.BUY else market.last <= level


def _follow(venue: Venue, order: Order, market: Market) -> Order:
    distance = abs(order.trail_ticks or 0)
    level = market.contract.price(market.last + distance * order.side.sign)
    stop = order.stop_price
    if stop is None or (level - stop) * order.side.sign < 0:
        return venue.save_order(replace(order, stop_price=level, updated=venue.now))
    return order


def _fill_levels(venue: Venue, order: Order, market: Market, limit: int | None) -> None:
    best = market.ask if order.side is Side.BUY else market.bid
    level = best
    while order.remaining and (limit is None or (limit - level) * order.side.sign >= 0):
        size = min(order.remaining, market.depth)
        order = _fill(venue, order, size, market.contract.price(level))
        level += order.side.sign


def _fill(venue: Venue, order: Order, size: int, price: Decimal) -> Order:
    filled = order.filled + size
    paid = (order.filled_price or Decimal(0)) * order.filled + price * size
    status = Status.FILLED if filled == order.size else Status.OPEN
    # `updated` stays: on the real venue a fill does not move an order's update time.
    order = venue.save_order(
        replace(order, status=status, filled=filled, filled_price=(paid / filled).quantize(NINE_DIGITS))
    )
    ledger.book(venue, order, size, price)
    brackets.after_fill(venue, order)
    position_brackets.after_fill(venue, order.account_id, order.contract_id)
    _after_flat(venue, order)
    return order


def _after_flat(venue: Venue, order: Order) -> None:
    is_flat = (order.account_id, order.contract_id) not in venue.positions
    if is_flat and venue.settings.cancel_legs_when_flat:
        for other in venue.live_orders(order.account_id, order.contract_id):
            if other.id != order.id and other.parent_id is not None:
                venue.later(
                    venue.settings.sibling_delay_ms, partial(venue.end_order, other.id, Status.CANCELLED)
                )
