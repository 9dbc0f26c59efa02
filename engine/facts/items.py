"""The current sets that rules can aggregate over: positions and working orders, each with its item fields."""

from dataclasses import dataclass

from engine.facts.stops import covered_size
from engine.facts.view import View, contracts_of
from engine.marks import open_pnl
from engine.units import SCALE, Contracts, Duration, Money
from engine.venue import Position


@dataclass(frozen=True, slots=True)
class PositionItem:
    """One open position; `side` is long or short. None: unknown, money while its quote is."""

    quantity: Contracts
    signed_quantity: Contracts
    symbol: str
    side: str
    age: Duration
    open_pnl: Money | None
    open_loss: Money | None
    covered: Contracts | None
    uncovered: Contracts | None


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One working order with what is left of it; `side` is buy or sell."""

    quantity: Contracts
    signed_quantity: Contracts
    symbol: str
    side: str
    age: Duration


def positions_of(view: View) -> tuple[PositionItem, ...] | None:
    """Return the open positions of the subject; None before the first complete view."""
    state = view.state
    if state.synced_at is None:
        return None
    held = (state.positions.get(contract) for contract in contracts_of(view))
    return tuple(_item(view, position) for position in held if position is not None)


def orders_of(view: View) -> tuple[OrderItem, ...] | None:
    """Return the working orders of the subject; None before the first complete view."""
    state = view.state
    if state.synced_at is None:
        return None
    contracts = set(contracts_of(view))
    return tuple(
        OrderItem(
            Contracts(order.remaining * SCALE),
            Contracts(order.remaining * order.side.sign * SCALE),
            state.root(order.contract),
            order.side.value,
            Duration(state.now - order.created_at),
        )
        for _, order in sorted(state.orders.items())
        if order.contract in contracts
    )


def _item(view: View, position: Position) -> PositionItem:
    pnl = open_pnl(view.state, view.settings, position)
    covered = covered_size(view, position)
    return PositionItem(
        quantity=Contracts(abs(position.size) * SCALE),
        signed_quantity=Contracts(position.size * SCALE),
        symbol=view.state.root(position.contract),
        side="long" if position.size > 0 else "short",
        age=Duration(view.state.now - position.opened_at),
        open_pnl=pnl,
        open_loss=None if pnl is None else Money(max(-pnl, 0)),
        covered=None if covered is None else Contracts(covered * SCALE),
        uncovered=None if covered is None else Contracts((abs(position.size) - covered) * SCALE),
    )
