"""Booking a fill: the trade row, the net position, costs, realized result and balance."""

from dataclasses import replace
from decimal import Decimal

from connectors.simulator.core.catalogue import Contract
from connectors.simulator.core.kinds import Side
from connectors.simulator.core.records import NINE_DIGITS, Order, Position, Trade
from connectors.simulator.core.venue import Venue

MILLIONTH = Decimal("0.000001")


def book(venue: Venue, order: Order, size: int, price: Decimal) -> None:
    """Book `size` contracts of `order` at `price`: trade, position and account events, in that order."""
    held = venue.positions.get((order.account_id, order.contract_id))
    opposite = held is not None and held.size * order.side.sign < 0
    closing = min(size, abs(held.size)) if held is not None and opposite else 0
    if closing and closing < size and venue.settings.flip_rows == 2:
        _book_row(venue, order, closing, price, closing=closing)
        _book_row(venue, order, size - closing, price, closing=0)
    else:
        _book_row(venue, order, size, price, closing=closing)
    venue.save_account(venue.accounts[order.account_id])


def gross_result(contract: Contract, side: Side, size: int, average: Decimal, price: Decimal) -> Decimal:
    """Return what closing `size` contracts with an order of `side` earned, in dollars before costs.

    The basis is the average price of the position, as the venue's own numbers suggest.
    """
    points = (average - price) * side.sign
    return (points / contract.tick_size * contract.tick_value * size).quantize(MILLIONTH)


def void(venue: Venue, trade_id: int) -> Trade:
    """Take a trade back: the row is marked and its effect on the balance reversed. Positions stay as they are.

    Raises KeyError for an unknown trade.
    """
    trade = venue.trades[trade_id]
    if trade.voided:
        return trade
    voided = replace(trade, voided=True)
    venue.trades[trade_id] = voided
    account = venue.accounts[trade.account_id]
    venue.save_account(replace(account, balance=account.balance - trade.net))
    if venue.settings.announce_voids:
        venue.save_trade(voided)
    return voided


def _book_row(venue: Venue, order: Order, size: int, price: Decimal, *, closing: int) -> None:
    contract = venue.markets[order.contract_id].contract
    held = venue.positions.get((order.account_id, order.contract_id))
    gross = None
    if closing and held is not None:
        gross = gross_result(contract, order.side, closing, held.average_price, price)
    trade = Trade(
        venue.new_trade_id(),
        order.account_id,
        order.contract_id,
        venue.now,
        price,
        gross,
        contract.fee * size,
        contract.commission * size,
        order.side,
        size,
        order.id,
    )
    account = venue.accounts[order.account_id]
    venue.accounts[account.id] = replace(account, balance=account.balance + trade.net)
    venue.save_trade(trade)
    venue.save_position(_next_position(venue, order, held, size, price))


def _next_position(venue: Venue, order: Order, held: Position | None, size: int, price: Decimal) -> Position:
    change = size * order.side.sign
    if held is None:
        return Position(
            venue.new_position_id(), order.account_id, order.contract_id, venue.now, change, price
        )
    after = held.size + change
    if after == 0 or (held.size * change < 0 and held.size * after > 0):
        return replace(held, size=after)
    if held.size * after < 0:
        return replace(held, size=after, average_price=price)
    cost = held.average_price * abs(held.size) + price * size
    return replace(held, size=after, average_price=(cost / abs(after)).quantize(NINE_DIGITS))
