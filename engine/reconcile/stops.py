"""Stops: move those that are looser than wanted, place one where there must be one. Never beyond the market."""

from engine.demand import Pace
from engine.reconcile.own_stops import own_stop_steps
from engine.reconcile.steps import Move, Place, StopStep
from engine.state import State
from engine.targets import Target
from engine.units import SCALE, Price, divide_half_even
from engine.venue import Order, OrderKind, OrderStatus, Side


def stop_steps(state: State, target: Target) -> list[StopStep]:
    """Return what our own stops are too large by, moves of stops toward the market, and a new stop for what is uncovered.

    Nothing is moved or placed while the mark is unknown.
    """
    size, fitted = state.size(target.contract), own_stop_steps(state, target.contract)
    if size == 0 or target.market is None or target.tick is None:
        return [*fitted]
    required = _required_price(target, size, target.market, target.tick)
    return [
        *fitted,
        *_moves(state, target, size, target.market, target.tick, required),
        *_placed(target, size, required),
    ]


def _required_price(target: Target, size: int, market: Price, tick: Price) -> Price | None:
    """Return where a required stop goes, on a tick away from the market; None where none is required."""
    if target.required is None:
        return None
    away = divide_half_even(target.required * tick, SCALE)
    return Price((market - away) // tick * tick) if size > 0 else Price(-((-market - away) // tick) * tick)


def _moves(
    state: State, target: Target, size: int, market: Price, tick: Price, required: Price | None
) -> list[StopStep]:
    pace, found = target.pace or Pace(), list[StopStep]()
    for order in target.stops:
        wanted = _wanted(target, order, size, required)
        if wanted is None or order.kind is not OrderKind.STOP or order.status is not OrderStatus.OPEN:
            continue
        price = Price(min(wanted, market - tick) if size > 0 else max(wanted, market + tick))
        if (
            _is_looser(order, price, size, pace.step * tick // SCALE)
            and state.moved.get(str(order.id), 0) + pace.every <= state.now
        ):
            found.append(Move(target.contract, order.id, price))
    return found


def _wanted(target: Target, order: Order, size: int, required: Price | None) -> Price | None:
    """Return the tightest price wanted of a stop.

    One that is too far away to count comes nearer: another one beside it would leave two orders for the same
    contracts, and the second to fill would open a position.
    """
    prices = [target.floor if size > 0 else target.ceiling, required if order.id in target.far else None]
    known = [price for price in prices if price is not None]
    return (max(known) if size > 0 else min(known)) if known else None


def _is_looser(order: Order, price: Price, size: int, least: int) -> bool:
    if order.stop_price is None:
        return False
    gain = price - order.stop_price if size > 0 else order.stop_price - price
    return gain > 0 and gain >= least


def _placed(target: Target, size: int, required: Price | None) -> list[StopStep]:
    movable = (order for order in target.stops if order.id in target.far and order.kind is OrderKind.STOP)
    missing = target.uncovered - sum(order.remaining for order in movable)
    if required is None or missing <= 0:
        return []
    return [Place(target.contract, Side.SELL if size > 0 else Side.BUY, missing, required)]
