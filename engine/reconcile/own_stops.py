"""Our own stops: they go, or shrink, with the position for which we placed them, and where another stop does as well."""

from engine.exposure import orders_of
from engine.reconcile.steps import Cancel, Resize
from engine.sizes_told import disagreement_ends_at
from engine.state import State
from engine.venue import Order, OrderKind, OrderStatus

SURE_TO_FILL = frozenset({OrderKind.STOP, OrderKind.TRAILING_STOP})
"""What gets out at any price. A stop-limit may stay behind where the market runs away."""


def own_stop_steps(state: State, contract: str) -> list[Cancel | Resize]:
    """Return what makes the stops that we placed fit what is held and what no other stop covers; the tightest stay.

    A stop that outlives its position opens another one, and so does the second of two that cover the same contracts.
    Where fills and position tell different sizes, and a reading is still to come, nothing is taken away yet.
    """
    orders = orders_of(state, contract)
    if not any(order.is_tagged_ours for order in orders) or disagreement_ends_at(state, contract) is not None:
        return []
    size = state.size(contract)
    steps, left = list[Cancel | Resize](), abs(size)
    for order in sorted(filter(_counts, orders), key=_tightness):
        if order.side.sign * size >= 0:
            steps += [Cancel(contract, order.id)] if order.is_tagged_ours else []
            continue
        if order.is_tagged_ours and left == 0:
            steps.append(Cancel(contract, order.id))
        elif order.is_tagged_ours and order.remaining > left:
            steps.append(Resize(contract, order.id, order.filled + left))
        left = max(left - order.remaining, 0)
    return steps


def _counts(order: Order) -> bool:
    """Say whether an order is a stop of ours that stays, or one of the trader's that is at work and sure to fill."""
    if order.is_tagged_ours:
        return order.status is not OrderStatus.PENDING_CANCEL
    is_sure = order.kind in SURE_TO_FILL and order.stop_price is not None
    return is_sure and order.status is OrderStatus.OPEN


def _tightness(order: Order) -> tuple[bool, int, bool, int]:
    """Return a key by which the stop that fills first comes first; of two at one price ours goes, of two of ours the younger.

    One of ours whose price is unknown comes before all: it stays.
    """
    price = (order.stop_price or 0) * order.side.sign
    return (order.stop_price is not None, price, order.is_tagged_ours, order.id)
