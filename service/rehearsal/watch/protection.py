"""Promise 2: no protective order is cancelled or shrunk while the position it covers is open, as far as we know."""

from engine.commands import CancelOrder, Command, ResizeOrder
from engine.exposure import orders_of
from engine.state import State
from engine.venue import PROTECTIVE_KINDS, OrderStatus
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Watcher


class Protection(Watcher):
    """Looks at what the guard believed when it asked for a cancel."""

    def asked(self, command: Command, state: State) -> None:
        if not isinstance(command, CancelOrder | ResizeOrder):
            return
        order = state.orders.get(command.order_id)
        if order is not None and order.status is OrderStatus.SUSPENDED and _works(state, order.parent_id):
            raise Violation("P2", f"{command} takes a leg from an entry that still works")
        size = state.size(command.contract)
        if order is None or order.kind not in PROTECTIVE_KINDS or order.side.sign * size >= 0:
            return
        left = 0 if isinstance(command, CancelOrder) else command.size - order.filled
        before = _covered(state, command.contract, order.id, order.remaining)
        after = _covered(state, command.contract, order.id, left)
        if after < before:
            raise Violation(
                "P2",
                f"{command} leaves {size - after if size > 0 else size + after:+d} of {size:+d} uncovered",
            )


def _works(state: State, order_id: int | None) -> bool:
    """Say whether an order is known, and its fills do not tell that it is done."""
    order = state.orders.get(order_id or 0)
    return order is not None and _filled(state, order.id) < order.size


def _filled(state: State, order_id: int) -> int:
    return sum(fill.size for fill in state.ledger.valid() if fill.order_id == order_id)


def _covered(state: State, contract: str, order_id: int, left: int) -> int:
    size = state.size(contract)
    total = sum(
        left if order.id == order_id else order.remaining
        for order in orders_of(state, contract)
        if order.kind in PROTECTIVE_KINDS and order.side.sign * size < 0
    )
    return min(total, abs(size))
