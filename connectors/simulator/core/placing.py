"""Placing an order: what is refused and why, and how an accepted one enters the venue."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from connectors.simulator.core import brackets, matching
from connectors.simulator.core.answers import NOT_ACTIVE, Answer, PlaceCode
from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.hours import accepts_orders
from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.market import Market
from connectors.simulator.core.records import Account, Order
from connectors.simulator.core.venue import Venue

MOST_TRAIL_TICKS = 1000


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """A wanted order. `trail_price` is a level. `from_platform` is the trader's own screen, not the API."""

    account_id: int
    contract_id: str
    type: int
    side: Side
    size: int
    limit_price: Decimal | None = None
    stop_price: Decimal | None = None
    trail_price: Decimal | None = None
    tag: str | None = None
    stop_loss: Bracket | None = None
    take_profit: Bracket | None = None
    from_platform: bool = False


def place(venue: Venue, wanted: PlaceRequest) -> Answer:
    """Accept or refuse an order. A refused one may have an id and be shown as rejected."""
    denied = _no_permission(venue, wanted)
    if denied is not None:
        return Answer(denied)
    account, market = venue.accounts[wanted.account_id], venue.markets[wanted.contract_id]
    refused = _problem(venue, account, market, wanted)
    order_id = venue.new_order_id()
    if refused is not None:
        _show_rejected(venue, wanted, order_id)
        return replace(refused, order_id=order_id)
    enter(venue, _new_order(venue, market, wanted, order_id), wanted.stop_loss, wanted.take_profit)
    return Answer(order_id=order_id)


def enter(venue: Venue, order: Order, stop: Bracket | None = None, target: Bracket | None = None) -> None:
    """Take an order in, with its suspended children, and plan its acceptance."""
    if order.tag is not None:
        venue.tags.add((order.account_id, order.tag))
    brackets.add_children(venue, order, stop, target)
    venue.later(venue.settings.fill_delay_ms, partial(matching.accept, venue, order.id))


def _no_permission(venue: Venue, wanted: PlaceRequest) -> PlaceCode | None:
    account = venue.accounts.get(wanted.account_id)
    if account is None:
        return PlaceCode.ACCOUNT_NOT_FOUND
    if venue.catalogue.find(wanted.contract_id) is None:
        return PlaceCode.CONTRACT_NOT_FOUND
    if wanted.contract_id not in venue.markets:
        return PlaceCode.CONTRACT_NOT_ACTIVE
    if not account.simulated and not wanted.from_platform:
        return PlaceCode.ACCOUNT_REJECTED
    return None if account.can_trade else PlaceCode.ACCOUNT_VIOLATION


def _problem(venue: Venue, account: Account, market: Market, wanted: PlaceRequest) -> Answer | None:
    if venue.settings.enforce_hours and not accepts_orders(venue.now, venue.settings.holidays):
        return Answer(PlaceCode.REJECTED, NOT_ACTIVE)
    if wanted.size < 1:
        return Answer(PlaceCode.REJECTED, f"Invalid size ({wanted.size}).")
    if wanted.tag is not None and (account.id, wanted.tag) in venue.tags:
        return Answer(PlaceCode.REJECTED, "Custom tag is already in use.")
    if _exposure_after(venue, wanted) > account.max_contracts:
        return Answer(PlaceCode.REJECTED, "Not enough margin.")
    return _price_problem(market, wanted) or _bracket_problem(account, wanted)


def _exposure_after(venue: Venue, wanted: PlaceRequest) -> int:
    """Return the largest position on the side of the order if it and all working orders of that side fill."""
    held = venue.positions.get((wanted.account_id, wanted.contract_id))
    signed = held.size * wanted.side.sign if held else 0
    working = sum(
        order.remaining
        for order in venue.live_orders(wanted.account_id, wanted.contract_id)
        if order.side is wanted.side and order.parent_id is None
    )
    return signed + working + wanted.size


def _price_problem(market: Market, wanted: PlaceRequest) -> Answer | None:
    needed = {1: ("limit",), 3: ("limit", "stop"), 4: ("stop",), 5: ("trail",)}
    if wanted.type not in (1, 2, 4, 5, 6, 7):
        return Answer(PlaceCode.REJECTED, "Invalid order type")
    prices = {"limit": wanted.limit_price, "stop": wanted.stop_price, "trail": wanted.trail_price}
    for name in needed.get(wanted.type, ()):
        if prices[name] is None:
            text = (
                "Trail Distance not set." if name == "trail" else f"Invalid {name} price. Price is not set."
            )
            return Answer(PlaceCode.REJECTED, text)
    for name, price in prices.items():
        if price is not None and not (market.contract.is_aligned(price) and price > 0):
            return Answer(PlaceCode.REJECTED, f"Invalid {name} price. Price is not aligned to tick size.")
    if wanted.type == OrderType.TRAILING_STOP and _trail_ticks(market, wanted) > MOST_TRAIL_TICKS:
        return Answer(PlaceCode.REJECTED, f"Trail Distance exceeds maximum ({MOST_TRAIL_TICKS})")
    return None


def _bracket_problem(account: Account, wanted: PlaceRequest) -> Answer | None:
    if (wanted.stop_loss or wanted.take_profit) and account.brackets == "position":
        return Answer(
            PlaceCode.REJECTED,
            "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.",
        )
    return brackets.problem(wanted.side, wanted.stop_loss, wanted.take_profit)


def _trail_ticks(market: Market, wanted: PlaceRequest) -> int:
    if wanted.trail_price is None:
        return 0
    return abs(market.last - market.contract.ticks(wanted.trail_price))


def _new_order(venue: Venue, market: Market, wanted: PlaceRequest, order_id: int) -> Order:
    limit = wanted.limit_price if wanted.type == OrderType.LIMIT else None
    if wanted.type == OrderType.JOIN_BID:
        limit = market.contract.price(market.bid)
    if wanted.type == OrderType.JOIN_ASK:
        limit = market.contract.price(market.ask)
    trailing = wanted.type == OrderType.TRAILING_STOP
    return Order(
        id=order_id,
        account_id=wanted.account_id,
        contract_id=wanted.contract_id,
        created=venue.now,
        updated=venue.now,
        status=Status.PENDING,
        type=OrderType(wanted.type),
        side=wanted.side,
        size=wanted.size,
        limit_price=limit,
        stop_price=wanted.stop_price if wanted.type == OrderType.STOP else None,
        tag=wanted.tag,
        trail_ticks=_trail_ticks(market, wanted) if trailing else None,
    )


def _show_rejected(venue: Venue, wanted: PlaceRequest, order_id: int) -> None:
    """Show the refused order. One refused because its tag was taken is shown without the tag."""
    key = (wanted.account_id, wanted.tag or "")
    tag = None if key in venue.tags else wanted.tag
    if tag is not None:
        venue.tags.add(key)
    kind = OrderType(wanted.type) if wanted.type in set(OrderType) else OrderType.MARKET
    venue.save_order(
        Order(
            order_id,
            wanted.account_id,
            wanted.contract_id,
            venue.now,
            venue.now,
            Status.REJECTED,
            kind,
            wanted.side,
            wanted.size,
            wanted.limit_price,
            wanted.stop_price,
            tag=tag,
        )
    )
