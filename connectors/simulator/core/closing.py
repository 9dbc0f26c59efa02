"""Closing a position with a market order, whole or in part, and the platform's own liquidation."""

from dataclasses import replace

from connectors.simulator.core.answers import (
    PARTIAL_INVALID_SIZE,
    Answer,
    CloseCode,
    partial_close_code,
)
from connectors.simulator.core.changing import cancel_all
from connectors.simulator.core.hours import accepts_orders
from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.placing import enter
from connectors.simulator.core.records import Order, Position
from connectors.simulator.core.venue import Venue


def close(venue: Venue, account_id: int, contract_id: str, *, from_platform: bool = False) -> Answer:
    """Market-close the whole position. Working orders and bracket legs stay alive."""
    found = _find(venue, account_id, contract_id, from_platform)
    if isinstance(found, CloseCode):
        return Answer(found)
    return Answer(order_id=_close(venue, found, abs(found.size)))


def partial_close(venue: Venue, account_id: int, contract_id: str, size: int) -> Answer:
    """Market-close `size` contracts of the position. Its codes are shifted against those of `close`."""
    found = _find(venue, account_id, contract_id, False)
    if isinstance(found, CloseCode):
        return Answer(partial_close_code(found))
    if not 0 < size <= abs(found.size):
        return Answer(PARTIAL_INVALID_SIZE)
    return Answer(order_id=_close(venue, found, size))


def liquidate(venue: Venue, account_id: int, *, block: bool) -> None:
    """Do what the platform's own risk controls do: cancel all, close all, and perhaps forbid trading."""
    cancel_all(venue, account_id)
    for position in list(venue.positions.values()):
        if position.account_id == account_id:
            _close(venue, position, abs(position.size))
    if block:
        venue.save_account(replace(venue.accounts[account_id], can_trade=False))


def _find(venue: Venue, account_id: int, contract_id: str, from_platform: bool) -> Position | CloseCode:
    refused = _no_permission(venue, account_id, contract_id, from_platform)
    if refused is not None:
        return refused
    position = venue.positions.get((account_id, contract_id))
    if position is None:
        return CloseCode.POSITION_NOT_FOUND
    if venue.settings.enforce_hours and not accepts_orders(venue.now, venue.settings.holidays):
        return CloseCode.REJECTED
    return position


def _no_permission(venue: Venue, account_id: int, contract_id: str, from_platform: bool) -> CloseCode | None:
    account = venue.accounts.get(account_id)
    if account is None:
        return CloseCode.ACCOUNT_NOT_FOUND
    if not account.simulated and not from_platform:
        return CloseCode.ACCOUNT_REJECTED
    if venue.catalogue.find(contract_id) is None:
        return CloseCode.CONTRACT_NOT_FOUND
    return None if contract_id in venue.markets else CloseCode.CONTRACT_NOT_ACTIVE


def _close(venue: Venue, position: Position, size: int) -> int:
    order = Order(
        id=venue.new_order_id(),
        account_id=position.account_id,
        contract_id=position.contract_id,
        created=venue.now,
        updated=venue.now,
        status=Status.PENDING,
        type=OrderType.MARKET,
        side=Side.SELL if position.size > 0 else Side.BUY,
        size=size,
    )
    enter(venue, order)
    return order.id
