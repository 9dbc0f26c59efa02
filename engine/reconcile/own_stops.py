"""Our own stops: they go, or shrink, with the position for which we placed them, whoever made it smaller."""

from operator import attrgetter

from engine.reconcile.steps import Cancel, Resize
from engine.sizes_told import disagreement_ends_at
from engine.state import State
from engine.venue import OrderStatus


def own_stop_steps(state: State, contract: str) -> list[Cancel | Resize]:
    """Return what makes the stops that we placed fit what is held; the oldest stay, so that it stays protected.

    A stop that outlives its position opens another one. Where fills and position tell different sizes, and a reading
    is still to come, nothing is taken away yet.
    """
    own = [order for order in state.orders.values() if order.is_tagged_ours and order.contract == contract]
    if not own or disagreement_ends_at(state, contract) is not None:
        return []
    size = state.size(contract)
    steps, left = list[Cancel | Resize](), abs(size)
    for order in sorted(own, key=attrgetter("id")):
        if order.status is OrderStatus.PENDING_CANCEL:
            continue
        if left == 0 or order.side.sign * size > 0:
            steps.append(Cancel(contract, order.id))
            continue
        if order.remaining > left:
            steps.append(Resize(contract, order.id, order.filled + left))
        left = max(left - order.remaining, 0)
    return steps
