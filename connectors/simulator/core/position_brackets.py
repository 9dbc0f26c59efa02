"""Position Brackets: in this mode the platform itself keeps a stop and a target for every open position.

Its legs carry no tag and no parent, follow the size of the position, and go when it is flat.
"""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.records import Order, Position
from connectors.simulator.core.venue import Venue


def after_fill(venue: Venue, account_id: int, contract_id: str) -> None:
    """Plan that the platform's legs are brought in line with the position, if the account is in that mode."""
    if venue.accounts[account_id].brackets == "position":
        venue.later(venue.settings.leg_delay_ms, partial(_bring_in_line, venue, account_id, contract_id))


def _bring_in_line(venue: Venue, account_id: int, contract_id: str) -> None:
    position = venue.positions.get((account_id, contract_id))
    account = venue.accounts[account_id]
    wanted = ((OrderType.STOP, account.position_stop), (OrderType.LIMIT, account.position_target))
    for kind, distance in wanted:
        leg = _leg(venue, account_id, contract_id, kind)
        if leg is not None and (position is None or leg.side is not _exit_side(position)):
            venue.end_order(leg.id, Status.CANCELLED)
            leg = None
        if position is None or distance is None:
            continue
        if leg is None:
            venue.save_order(_new_leg(venue, position, kind, distance))
        elif leg.size != abs(position.size):
            venue.save_order(replace(leg, size=abs(position.size), updated=venue.now))


def _leg(venue: Venue, account_id: int, contract_id: str, kind: OrderType) -> Order | None:
    for order in venue.live_orders(account_id, contract_id):
        if order.type is kind and order.parent_id is None and order.trail_ticks is not None:
            return order
    return None


def _exit_side(position: Position) -> Side:
    return Side.SELL if position.size > 0 else Side.BUY


def _new_leg(venue: Venue, position: Position, kind: OrderType, distance: int) -> Order:
    contract = venue.markets[position.contract_id].contract
    side = _exit_side(position)
    ticks = distance * (side.sign if kind is OrderType.STOP else -side.sign)
    level: Decimal = contract.price(contract.ticks(position.average_price) + ticks)
    return Order(
        id=venue.new_order_id(),
        account_id=position.account_id,
        contract_id=position.contract_id,
        created=venue.now,
        updated=venue.now,
        status=Status.OPEN,
        type=kind,
        side=side,
        size=abs(position.size),
        limit_price=level if kind is OrderType.LIMIT else None,
        stop_price=level if kind is OrderType.STOP else None,
        trail_ticks=ticks,
    )
