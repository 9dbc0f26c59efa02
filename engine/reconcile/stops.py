"""Stops: move those that are looser than wanted, place one where there must be one. Never beyond the market."""

from engine.reconcile.steps import Move, Place, StopStep
from engine.state import State
from engine.targets import Target
from engine.units import SCALE, Price, divide_half_even
from engine.venue import Order, OrderKind, OrderStatus, Side


def stop_steps(state: State, target: Target) -> list[StopStep]:
    """Return moves of stops toward the market and a new stop for uncovered contracts. Nothing while the mark is unknown."""
    size = state.size(target.contract)
    if size == 0 or target.market is None or target.tick is None:
        return []
    return [
        *_moves(state, target, size, target.market, target.tick),
        *_placed(target, size, target.market, target.tick),
    ]


def _moves(state: State, target: Target, size: int, market: Price, tick: Price) -> list[StopStep]:
    wanted = target.floor if size > 0 else target.ceiling
    if wanted is None:
        return []
    price = Price(min(wanted, market - tick) if size > 0 else max(wanted, market + tick))
    return [
        Move(target.contract, order.id, price)
        for order in target.stops
        if _is_looser(order, price, size, target.pace.step * tick // SCALE)
        and order.kind is OrderKind.STOP
        and order.status is OrderStatus.OPEN
        and state.moved.get(str(order.id), 0) + target.pace.every <= state.now
    ]


def _is_looser(order: Order, price: Price, size: int, least: int) -> bool:
    if order.stop_price is None:
        return False
    gain = price - order.stop_price if size > 0 else order.stop_price - price
    return gain > 0 and gain >= least


def _placed(target: Target, size: int, market: Price, tick: Price) -> list[StopStep]:
    covered = min(sum(order.remaining for order in target.stops), abs(size))
    if target.required is None or covered == abs(size):
        return []
    away = divide_half_even(target.required * tick, SCALE)
    price = Price((market - away) // tick * tick) if size > 0 else Price(-((-market - away) // tick) * tick)
    return [Place(target.contract, Side.SELL if size > 0 else Side.BUY, abs(size) - covered, price)]
