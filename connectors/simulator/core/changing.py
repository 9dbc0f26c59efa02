"""Cancelling and modifying orders."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from connectors.simulator.core import brackets, matching
from connectors.simulator.core.answers import Answer, ChangeCode
from connectors.simulator.core.kinds import Status
from connectors.simulator.core.records import Order
from connectors.simulator.core.venue import Venue

FOLLOWER = Answer(ChangeCode.ACCOUNT_REJECTED, "Follower accounts cannot cancel orders")
LIVE = Answer(ChangeCode.ACCOUNT_REJECTED, "Live accounts not supported")


@dataclass(frozen=True, slots=True)
class ModifyRequest:
    """New values; None leaves a value alone."""

    account_id: int
    order_id: int
    size: int | None = None
    limit_price: Decimal | None = None
    stop_price: Decimal | None = None
    trail_price: Decimal | None = None


def cancel(venue: Venue, account_id: int, order_id: int, *, from_platform: bool = False) -> Answer:
    """Accept a cancel; the order ends a moment later, if it has not filled by then."""
    found = _find(venue, account_id, order_id)
    if isinstance(found, Answer):
        return found
    account = venue.accounts[account_id]
    if not from_platform and not account.simulated:
        return LIVE
    if not from_platform and account.follower:
        return FOLLOWER
    if not found.is_live:
        return Answer(ChangeCode.REJECTED)
    venue.later(venue.settings.cancel_delay_ms, partial(_end_with_children, venue, order_id))
    return Answer()


def cancel_all(venue: Venue, account_id: int) -> None:
    """Cancel every live order of an account at once, as the platform's own button or its risk desk does."""
    for order in venue.live_orders(account_id):
        venue.end_order(order.id, Status.CANCELLED)


def modify(venue: Venue, wanted: ModifyRequest) -> Answer:
    """Change a live order at once; the answer has no id, so the event tells what came of it."""
    found = _find(venue, wanted.account_id, wanted.order_id)
    if isinstance(found, Answer):
        return found
    if not venue.accounts[wanted.account_id].simulated:
        return Answer(ChangeCode.ACCOUNT_REJECTED)
    market = venue.markets.get(found.contract_id)
    if market is None:
        return Answer(ChangeCode.CONTRACT_NOT_FOUND)
    if not found.is_live or (wanted.size is not None and wanted.size <= found.filled):
        return Answer(ChangeCode.REJECTED)
    prices = {"limit": wanted.limit_price, "stop": wanted.stop_price, "trail": wanted.trail_price}
    for name, price in prices.items():
        if price is not None and not (market.contract.is_aligned(price) and price > 0):
            return Answer(ChangeCode.REJECTED, f"Invalid {name} price. Price is not aligned to tick size.")
    trail = found.trail_ticks
    if wanted.trail_price is not None:
        trail = abs(market.last - market.contract.ticks(wanted.trail_price))
    venue.save_order(
        replace(
            found,
            updated=venue.now,
            size=wanted.size or found.size,
            limit_price=wanted.limit_price or found.limit_price,
            stop_price=wanted.stop_price or found.stop_price,
            trail_ticks=trail,
        )
    )
    venue.later(venue.settings.cancel_delay_ms, partial(matching.match, venue, found.id))
    return Answer()


def _find(venue: Venue, account_id: int, order_id: int) -> Order | Answer:
    if account_id not in venue.accounts:
        return Answer(ChangeCode.ACCOUNT_NOT_FOUND)
    order = venue.orders.get(order_id)
    if order is None or order.account_id != account_id:
        return Answer(ChangeCode.ORDER_NOT_FOUND)
    return order


def _end_with_children(venue: Venue, order_id: int) -> None:
    waiting = [c for c in brackets.children(venue, order_id) if c.status is Status.SUSPENDED]
    venue.end_order(order_id, Status.CANCELLED)
    ended = venue.orders[order_id]
    if ended.status is not Status.CANCELLED:
        return
    if ended.filled:
        brackets.wake_children(venue, order_id)
    elif venue.settings.cancel_children_with_entry:
        for child in waiting:
            venue.end_order(child.id, Status.CANCELLED)
