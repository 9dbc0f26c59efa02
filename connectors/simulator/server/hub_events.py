"""Happenings of the core as SignalR messages, with the subscription that each belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from connectors.simulator.core.happenings import (
    AccountChanged,
    Happening,
    MarketTraded,
    OrderChanged,
    PositionChanged,
    Quote,
    QuoteChanged,
    TradeMade,
)
from connectors.simulator.core.venue import Venue
from connectors.simulator.server import quote_shapes, shapes
from connectors.simulator.server.json_text import dump

RECORD_END = "\x1e"
TRADE_ACTION, CHANGE_ACTION, GONE_ACTION = 0, 1, 2


@dataclass(frozen=True, slots=True)
class HubMessage:
    """A ready text for every link that subscribed to `group` of `key` (an account or a contract)."""

    group: str
    key: int | str
    text: str


def invocation(target: str, *arguments: Any) -> str:
    """Return a server-to-client call as one record."""
    return dump({"type": 1, "target": target, "arguments": list(arguments)}) + RECORD_END


def user_message(event: Happening, venue: Venue, odd_ids: bool = False) -> HubMessage:
    """Return the message of a user event: one argument, wrapped as {action, data}, without nulls."""
    group, target, key, action, shape = _user_parts(event, venue)
    data = shapes.without_nulls(shape)
    if odd_ids:
        # Recorded once on the real venue: ids as text.
        data = {name: str(item) if name in ("id", "accountId") else item for name, item in data.items()}
    return HubMessage(group, key, invocation(target, {"action": action, "data": data}))


def market_messages(
    event: QuoteChanged | MarketTraded, venue: Venue, wanted: Callable[[str, str], bool]
) -> list[HubMessage]:
    """Return the messages of a market event that anybody wants: positional arguments, the contract first."""
    messages = []
    if isinstance(event, MarketTraded):
        if wanted("prints", event.contract_id):
            text = invocation("GatewayTrade", event.contract_id, quote_shapes.prints(event))
            messages.append(HubMessage("prints", event.contract_id, text))
        return messages
    contract_id = event.after.contract_id
    if wanted("quotes", contract_id):
        delta = quote_shapes.delta_quote(event.before, event.after)
        messages.append(HubMessage("quotes", contract_id, invocation("GatewayQuote", contract_id, delta)))
    if wanted("depth", contract_id):
        messages.append(depth_message(event.after, venue))
    return messages


def full_quote_message(quote: Quote, venue: Venue) -> HubMessage:
    """Return the first quote after a subscription."""
    root = venue.markets[quote.contract_id].contract.root
    text = invocation("GatewayQuote", quote.contract_id, quote_shapes.full_quote(quote, root))
    return HubMessage("quotes", quote.contract_id, text)


def depth_message(quote: Quote, venue: Venue) -> HubMessage:
    """Return the top of the book."""
    rows = quote_shapes.depth(quote, venue.markets[quote.contract_id].depth)
    return HubMessage("depth", quote.contract_id, invocation("GatewayDepth", quote.contract_id, rows))


def _user_parts(event: Happening, venue: Venue) -> tuple[str, str, int, int, shapes.Shape]:
    match event:
        case OrderChanged(order):
            tick_size = _tick_size(venue, order.contract_id)
            shape = shapes.order_with_trail(order, tick_size, shapes.HUB)
            return "orders", "GatewayUserOrder", order.account_id, CHANGE_ACTION, shape
        case TradeMade(trade):
            shape = shapes.trade(trade, shapes.HUB)
            return "trades", "GatewayUserTrade", trade.account_id, TRADE_ACTION, shape
        case PositionChanged(position):
            name = venue.catalogue.contracts[position.contract_id].display_name
            shape = shapes.position(position, name, shapes.HUB)
            action = CHANGE_ACTION if position.size else GONE_ACTION
            return "positions", "GatewayUserPosition", position.account_id, action, shape
        case AccountChanged(account):
            return "accounts", "GatewayUserAccount", account.id, CHANGE_ACTION, shapes.account(account)
        case _:
            raise TypeError(f"{type(event).__name__} is no user event")


def _tick_size(venue: Venue, contract_id: str) -> Any:
    return venue.catalogue.contracts[contract_id].tick_size
