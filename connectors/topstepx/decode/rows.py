"""Orders, fills, positions and accounts as the venue writes them, the same on REST and on the hubs."""

from connectors.topstepx.decode.fields import Row
from engine.units import Instant, Money, Price
from engine.venue import AccountStatus, Fill, Order, OrderKind, OrderStatus, Position, Side

_SIDES = {0: Side.BUY, 1: Side.SELL}
_KINDS = {
    1: OrderKind.LIMIT,
    2: OrderKind.MARKET,
    3: OrderKind.STOP_LIMIT,
    4: OrderKind.STOP,
    5: OrderKind.TRAILING_STOP,
    6: OrderKind.JOIN,
    7: OrderKind.JOIN,
}
_STATUSES = {
    1: OrderStatus.OPEN,
    2: OrderStatus.FILLED,
    3: OrderStatus.CANCELLED,
    4: OrderStatus.EXPIRED,
    5: OrderStatus.REJECTED,
    6: OrderStatus.PENDING,
    7: OrderStatus.PENDING_CANCEL,
    8: OrderStatus.SUSPENDED,
}
_LONG, _SHORT = 1, 2


def _side(row: Row) -> Side:
    """Return the side. An absent side is an error: 0 means buy, so a default would be an order."""
    side = _SIDES.get(row.whole("side"))
    if side is None:
        raise row.wrong("side")
    return side


def order_from(fields: object, at: Instant) -> Order:
    """Return an order. Type and status that we do not know become UNKNOWN, which counts as working.

    `at` stands in for a creation stamp that is missing. Raises Unreadable.
    """
    row = Row(fields, "an order")
    return Order(
        id=row.whole("id" if row.has("id") else "orderId"),
        contract=row.text("contractId"),
        side=_side(row),
        kind=_KINDS.get(row.whole_or_none("type") or 0, OrderKind.UNKNOWN),
        size=row.count("size"),
        filled=row.count("fillVolume") if row.has("fillVolume") else 0,
        status=_STATUSES.get(row.whole_or_none("status") or 0, OrderStatus.UNKNOWN),
        created_at=row.instant_or_none("creationTimestamp") or at,
        limit_price=row.price_or_none("limitPrice"),
        stop_price=row.price_or_none("stopPrice"),
        tag=row.text_or_none("customTag"),
        parent_id=row.whole_or_none("parentOrderId"),
    )


def fill_from(fields: object) -> Fill:
    """Return a fill. No result (absent or null) is an opening fill; zero is a closing one. Raises Unreadable.

    `fees` and `commissions` are costs of this side alone; one that is absent counts as nothing paid.
    """
    row = Row(fields, "a fill")
    costs = (row.money_or_none("fees") or 0) + (row.money_or_none("commissions") or 0)
    if costs < 0:
        raise row.wrong("fees")
    return Fill(
        id=row.whole("id"),
        order_id=row.whole("orderId"),
        contract=row.text("contractId"),
        side=_side(row),
        size=row.count("size"),
        price=row.price("price"),
        pnl=row.money_or_none("profitAndLoss"),
        costs=Money(costs),
        executed_at=row.instant("creationTimestamp"),
        voided=row.flag("voided", default=False),
    )


def position_from(fields: object, at: Instant) -> Position:
    """Return a position, short ones negative. Size 0 is flat whatever its type.

    A size without a known direction is an error, never flat. Raises Unreadable.
    """
    row = Row(fields, "a position")
    size = row.count("size")
    opened_at = row.instant_or_none("creationTimestamp") or at
    if size == 0:
        return Position(row.text("contractId"), 0, row.price_or_none("averagePrice") or Price(0), opened_at)
    direction = row.whole("type")
    if direction not in (_LONG, _SHORT):
        raise row.wrong("type")
    signed = size if direction == _LONG else -size
    return Position(row.text("contractId"), signed, row.price("averagePrice"), opened_at)


def account_from(fields: object) -> tuple[int, AccountStatus]:
    """Return an account's id and status. Raises Unreadable.

    `simulated` is missing in older answers; then the account counts as a live one.
    """
    row = Row(fields, "an account")
    return row.whole("id"), AccountStatus(
        name=row.text("name"),
        balance=row.money("balance"),
        can_trade=row.flag("canTrade"),
        simulated=row.flag("simulated", default=False),
    )
