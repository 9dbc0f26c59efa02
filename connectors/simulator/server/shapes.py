"""The records of the core in the words of the wire: REST with explicit nulls, hubs without nulls."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.simulator.core.bars import Bar
from connectors.simulator.core.catalogue import Contract
from connectors.simulator.core.instants import Instant, iso
from connectors.simulator.core.records import Account, Order, Position, Trade
from connectors.simulator.server.json_text import natural, nine

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How one side of the wire writes: digits of a second, and of a price."""

    digits: int
    price: Callable[[Decimal], Decimal]

    def time(self, at: Instant) -> str:
        return iso(at, self.digits)

    def maybe(self, price: Decimal | None) -> Decimal | None:
        return None if price is None else self.price(price)


REST = Style(6, nine)
HUB = Style(7, natural)


def symbol_id(contract_id: str) -> str:
    """Return the product of a contract id: F.US.MNQ for CON.F.US.MNQ.Z26."""
    return contract_id.removeprefix("CON.").rpartition(".")[0]


def without_nulls(shape: Shape) -> Shape:
    """Return the shape as a hub sends it."""
    return {key: value for key, value in shape.items() if value is not None}


def account(record: Account) -> Shape:
    """Return an account."""
    return {
        "id": record.id,
        "name": record.name,
        "balance": natural(record.balance),
        "canTrade": record.can_trade,
        "isVisible": record.visible,
        "simulated": record.simulated,
    }


def contract(record: Contract) -> Shape:
    """Return a contract."""
    return {
        "id": record.id,
        "name": record.name,
        "description": record.description,
        "tickSize": natural(record.tick_size),
        "tickValue": natural(record.tick_value),
        "activeContract": record.active,
        "symbolId": record.symbol_id,
    }


def order(record: Order, style: Style) -> Shape:
    """Return an order with explicit nulls; parent and link appear only where there are any."""
    shape = {
        "id": record.id,
        "accountId": record.account_id,
        "contractId": record.contract_id,
        "symbolId": symbol_id(record.contract_id),
        "creationTimestamp": style.time(record.created),
        "updateTimestamp": style.time(record.updated),
        "status": record.status,
        "type": record.type,
        "side": record.side,
        "size": record.size,
        "limitPrice": style.maybe(record.limit_price),
        "stopPrice": style.maybe(record.stop_price),
        "fillVolume": record.filled,
        "filledPrice": style.maybe(record.filled_price),
        "customTag": record.tag,
    }
    family = {"parentOrderId": record.parent_id, "linkedOrderId": record.linked_id}
    return shape | without_nulls(family)


def order_with_trail(record: Order, tick_size: Decimal, style: Style) -> Shape:
    """Return an order with its trail distance in ticks and as a price distance: hub and v2/query show them."""
    shape = order(record, style)
    if record.trail_ticks is None:
        return shape
    family = {key: shape.pop(key) for key in ("parentOrderId", "linkedOrderId") if key in shape}
    trail = {"trailDistance": record.trail_ticks, "trailPrice": natural(tick_size * record.trail_ticks)}
    return shape | trail | family


def trade(record: Trade, style: Style) -> Shape:
    """Return one fill; the result is null when it opened or added."""
    return {
        "id": record.id,
        "accountId": record.account_id,
        "contractId": record.contract_id,
        "creationTimestamp": style.time(record.created),
        "price": style.price(record.price),
        "profitAndLoss": style.maybe(record.gross),
        "fees": natural(record.fees),
        "commissions": natural(record.commissions),
        "side": record.side,
        "size": record.size,
        "voided": record.voided,
        "orderId": record.order_id,
    }


def position(record: Position, display_name: str, style: Style) -> Shape:
    """Return a position: the size has no sign, the direction is in `type`."""
    return {
        "id": record.id,
        "accountId": record.account_id,
        "contractId": record.contract_id,
        "contractDisplayName": display_name,
        "creationTimestamp": style.time(record.created),
        "type": record.type,
        "size": abs(record.size),
        "averagePrice": style.price(record.average_price),
    }


def bar(record: Bar) -> Shape:
    """Return a price bar."""
    return {
        "t": iso(record.at, 6),
        "o": natural(record.open),
        "h": natural(record.high),
        "l": natural(record.low),
        "c": natural(record.close),
        "v": record.volume,
    }
