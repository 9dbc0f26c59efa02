"""The simulated venue's records in the words of the engine, as the connector's decoder would bring them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from connectors.simulator.core import happenings, records
from connectors.simulator.core.catalogue import Contract
from connectors.simulator.core.kinds import OrderType, Status
from connectors.simulator.core.kinds import Side as VenueSide
from engine.instruments import Instrument
from engine.units import PRICE_SCALE, SCALE, Instant, Money, Price
from engine.venue import AccountStatus, Fill, Order, OrderKind, OrderStatus, Position, Quote, Side

KINDS = {
    OrderType.LIMIT: OrderKind.LIMIT,
    OrderType.MARKET: OrderKind.MARKET,
    OrderType.STOP_LIMIT: OrderKind.STOP_LIMIT,
    OrderType.STOP: OrderKind.STOP,
    OrderType.TRAILING_STOP: OrderKind.TRAILING_STOP,
    OrderType.JOIN_BID: OrderKind.JOIN,
    OrderType.JOIN_ASK: OrderKind.JOIN,
}
STATUSES = {
    Status.OPEN: OrderStatus.OPEN,
    Status.FILLED: OrderStatus.FILLED,
    Status.CANCELLED: OrderStatus.CANCELLED,
    Status.EXPIRED: OrderStatus.EXPIRED,
    Status.REJECTED: OrderStatus.REJECTED,
    Status.PENDING: OrderStatus.PENDING,
    Status.PENDING_CANCELLATION: OrderStatus.PENDING_CANCEL,
    Status.SUSPENDED: OrderStatus.SUSPENDED,
}
SIDES = {VenueSide.BUY: Side.BUY, VenueSide.SELL: Side.SELL}
TICKS_IN_A_MICROSECOND = 10

Stamp = Callable[[int], Instant]
"""The venue's own instant (100 ns) as it is in a world whose time may leap; see `Clockwork.stamp`."""


def instant(at: int) -> Instant:
    """Return the venue's instant (100 ns) on our scale (microseconds)."""
    return Instant(at // TICKS_IN_A_MICROSECOND)


def price(value: Decimal) -> Price:
    """Return a price in billionths."""
    return Price(int(value * PRICE_SCALE))


def money(value: Decimal) -> Money:
    """Return dollars in millionths."""
    return Money(int(value * SCALE))


def _price_or_none(value: Decimal | None) -> Price | None:
    return None if value is None else price(value)


def order_of(row: records.Order, stamp: Stamp = instant) -> Order:
    """Return an order."""
    return Order(
        id=row.id,
        contract=row.contract_id,
        side=SIDES[row.side],
        kind=KINDS[row.type],
        size=row.size,
        filled=row.filled,
        status=STATUSES[row.status],
        created_at=stamp(row.created),
        limit_price=_price_or_none(row.limit_price),
        stop_price=_price_or_none(row.stop_price),
        tag=row.tag,
        parent_id=row.parent_id,
    )


def fill_of(row: records.Trade, stamp: Stamp = instant) -> Fill:
    """Return a fill."""
    return Fill(
        id=row.id,
        order_id=row.order_id,
        contract=row.contract_id,
        side=SIDES[row.side],
        size=row.size,
        price=price(row.price),
        pnl=None if row.gross is None else money(row.gross),
        costs=money(row.fees + row.commissions),
        executed_at=stamp(row.created),
        voided=row.voided,
    )


def position_of(row: records.Position, stamp: Stamp = instant) -> Position:
    """Return a position, short ones negative."""
    return Position(row.contract_id, row.size, price(row.average_price), stamp(row.created))


def account_of(row: records.Account) -> AccountStatus:
    """Return the account row."""
    return AccountStatus(row.name, money(row.balance), row.can_trade, row.simulated)


def quote_of(row: happenings.Quote, stamp: Stamp = instant) -> Quote:
    """Return a quote."""
    return Quote(row.contract_id, price(row.bid), price(row.ask), price(row.last), stamp(row.at))


def spoiled(quote: Quote, kind: str) -> Quote:
    """Return a quote as no market makes it: of kind `zero`, `crossed`, or `far` (a tenth up)."""
    match kind:
        case "zero":
            return replace(quote, bid=None, ask=None, last=None)  # what the decoder makes of a zero
        case "crossed":
            return replace(quote, bid=quote.ask, ask=quote.bid)
        case _:
            up = [Price(p * 11 // 10) if p is not None else None for p in (quote.bid, quote.ask, quote.last)]
            return replace(quote, bid=up[0], ask=up[1], last=up[2])


def instrument_of(contract: Contract) -> Instrument:
    """Return what a contract is worth."""
    return Instrument(
        contract.id,
        contract.root,
        contract.name,
        contract.product,
        price(contract.tick_size),
        money(contract.tick_value),
    )
