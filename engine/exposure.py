"""Sizes: what is held, what working orders could still make of it, and which orders those are."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.units import SECOND, Instant
from engine.venue import Order, OrderKind, OrderStatus, Side

if TYPE_CHECKING:
    from engine.state import State


def exit_orders(state: "State", contract: str) -> tuple[Order, ...]:
    """Return the working orders that can only take the position toward flat: opposite side, not larger than it."""
    size = state.size(contract)
    if not size:
        return ()
    return tuple(
        order
        for order in orders_of(state, contract)
        if order.side.sign * size < 0 and order.remaining <= abs(size)
    )


def exits_at_stake(state: "State", contract: str) -> tuple[Order, ...]:
    """Return the working orders that have to go, or shrink, when we make the position smaller: all that are against it.

    Those larger than it too: with the position gone, the whole of them would open a new one. A market order that turns
    the position around is no exit; it fills at once.
    """
    exits = {order.id for order in exit_orders(state, contract)}
    return tuple(
        order for order in orders_of(state, contract) if order.id in exits or is_large_exit(state, order)
    )


def is_large_exit(state: "State", order: Order) -> bool:
    """Say whether an order is against the position and can wait; where it is larger, it would turn it around."""
    return order.side.sign * state.size(order.contract) < 0 and order.kind is not OrderKind.MARKET


def entry_orders(state: "State", contract: str) -> tuple[Order, ...]:
    """Return the working orders that could raise exposure: all that are not exits, bracket legs in waiting left out.

    A suspended leg whose parent is still working cannot fill before it; it goes when the parent goes.
    """
    exits = {order.id for order in exit_orders(state, contract)}
    return tuple(
        order
        for order in orders_of(state, contract)
        if order.id not in exits and not is_waiting(state, order)
    )


def orders_of(state: "State", contract: str) -> tuple[Order, ...]:
    """Return all working orders of a contract by id."""
    found = [order for order in state.orders.values() if order.contract == contract]
    return tuple(sorted(found, key=_by_id)) if len(found) > 1 else tuple(found)


def _by_id(order: Order) -> int:
    return order.id


def is_waiting(state: "State", order: Order) -> bool:
    """Say whether an order is a bracket leg whose entry has not filled yet."""
    return is_pending_leg(state, order) or is_early(state, order)


def is_pending_leg(state: "State", order: Order) -> bool:
    """Say whether an order is a bracket leg whose entry is known to work: it belongs to what that entry will bring."""
    return order.status is OrderStatus.SUSPENDED and order.parent_id in state.orders


def is_early(state: "State", order: Order) -> bool:
    """Say whether an order is a bracket leg so young that its entry may not have been told yet: the leg comes first."""
    is_leg = order.status is OrderStatus.SUSPENDED and order.parent_id is not None
    return is_leg and state.now < order.created_at + FILLING


FILLING = SECOND
"""A market order fills within milliseconds, and its legs wake up then; one that works for longer hangs."""


def is_filling(state: "State", order: Order) -> bool:
    """Say whether a market order is so young that its fill is already on the way: nothing to cancel, nothing to add."""
    return order.kind is OrderKind.MARKET and state.now < order.created_at + FILLING


def grows_old(order: Order, before: Instant, now: Instant) -> bool:
    """Say whether an order stopped being young between two instants: from then on it counts as one that works."""
    is_young_kind = order.kind is OrderKind.MARKET or order.status is OrderStatus.SUSPENDED
    return is_young_kind and before < order.created_at + FILLING <= now


def worst_size(state: "State", contract: str, side: Side) -> int:
    """Return the largest size that working entry orders could make of one side (no sign, never below 0)."""
    held = max(state.size(contract) * side.sign, 0)
    size = state.size(contract)
    entries = (order for order in entry_orders(state, contract) if order.side is side)
    adding = sum(order.remaining for order in entries if not is_filling(state, order))
    if size * side.sign < 0:  # orders first have to eat the position of the other side
        return max(adding - abs(size), 0)
    return held + adding


def worst_case(state: "State", contracts: Iterable[str]) -> int:
    """Return the sum over contracts of the worse side of each."""
    return sum(
        max(worst_size(state, contract, Side.BUY), worst_size(state, contract, Side.SELL))
        for contract in contracts
    )


def contracts_touched(state: "State") -> tuple[str, ...]:
    """Return the contracts with a position or a working order, sorted."""
    return tuple(sorted({*state.positions, *(order.contract for order in state.orders.values())}))
