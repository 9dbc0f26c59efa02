"""Orders: cancel what could raise exposure where none may be raised, and what a closed position left behind."""

from itertools import takewhile

from engine.exposure import entry_orders, is_filling, is_large_exit, is_pending_leg, orders_of
from engine.reconcile.steps import Cancel, Resize, Step
from engine.sizes_told import is_unsettled, larger_known
from engine.state import State
from engine.targets import Target
from engine.venue import PROTECTIVE_KINDS, Order, OrderKind, OrderStatus


def order_steps(state: State, target: Target) -> list[Step]:
    """Return what keeps working orders from enlarging or opening a position on a closed side.

    An exit that is only too large could flip; it shrinks to what is held and is never cancelled, since it protects.
    """
    return [
        _shrunk(state, order) if is_large_exit(state, order) else Cancel(target.contract, order.id)
        for order in entry_orders(state, target.contract)
        if order.side in target.closed_sides
        and order.status is not OrderStatus.PENDING_CANCEL
        and not is_filling(state, order)
        and (is_large_exit(state, order) or not _may_protect(state, order))
    ]


def _may_protect(state: State, order: Order) -> bool:
    """Say whether an order is an exit by the fills, of a position that the venue has not told of yet.

    The stop of a bracket is there before its entry's position is: a lock that this very entry brings about must not
    take it for an order that opens something.
    """
    size = larger_known(state, order.contract)
    is_exit = order.side.sign * size < 0 and order.kind is not OrderKind.MARKET
    return is_unsettled(state, order.contract) and is_exit


def _shrunk(state: State, order: Order) -> Step:
    return Resize(order.contract, order.id, order.filled + abs(state.size(order.contract)))


def leftovers(state: State, target: Target, exits: frozenset[int]) -> list[Step]:
    """Return what makes the exits of a position that we closed or reduced fit what is left of it.

    Stops and targets are counted apart, since one cancels the other. The oldest stay, so that it stays protected.
    The legs of an entry that still works protect what it will bring; they go with it.
    """
    signed = state.size(target.contract)
    size, cap = abs(signed), target.cap(signed)
    if size and cap is not None and size > cap:
        return []  # the reduction comes first: never take protection away before the exit
    ours = [
        order
        for order in orders_of(state, target.contract)
        if order.id in exits and not _is_for_later(state, order)
    ]
    exiting = [order for order in ours if order.side.sign * signed < 0]
    stale = [order for order in ours if order not in exiting]  # their position is gone, perhaps turned around
    stops = [order for order in exiting if order.kind in PROTECTIVE_KINDS]
    others = [order for order in exiting if order.kind not in PROTECTIVE_KINDS]
    groups = ((stale, 0), (stops, size), (others, size))
    return [step for orders, left in groups for step in _trim(target.contract, orders, left)]


def _is_for_later(state: State, order: Order) -> bool:
    """Say whether an order is the leg of an entry that still works.

    The word that an entry filled can get lost; its fills and a position told after them say as much.
    """
    if order.parent_id is None or not is_pending_leg(state, order):
        return False
    entry, told = state.orders[order.parent_id], state.heard.get(order.contract, 0)
    to_come = {heard.fill.id for heard in state.just_filled.get(order.contract, ()) if heard.at > told}
    since = takewhile(lambda fill: fill.executed_at >= entry.created_at, reversed(state.ledger.fills))
    filled = (
        fill for fill in since if fill.order_id == entry.id and not fill.voided and fill.id not in to_come
    )
    return sum(fill.size for fill in filled) < entry.size


def _trim(contract: str, orders: list[Order], size: int) -> list[Step]:
    steps: list[Step] = []
    left = size
    for order in orders:
        if order.status is OrderStatus.PENDING_CANCEL:
            continue
        if left == 0:
            steps.append(Cancel(contract, order.id))
        elif order.remaining > left:
            steps.append(Resize(contract, order.id, order.filled + left))
        left = max(left - order.remaining, 0)
    return steps
