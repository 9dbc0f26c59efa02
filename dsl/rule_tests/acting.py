"""What each event of a step does to the world."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never
from zoneinfo import ZoneInfo

from dsl.rule_tests import steps
from dsl.rule_tests.settable import At, Written, set_field
from dsl.rule_tests.world import World
from dsl.wall_time import place_on, wall
from engine.rule import RuleSet
from engine.settings import News
from engine.units import Instant, Money, Price
from engine.venue import OrderKind, Side

Compile = Callable[[str | None], RuleSet]
"""Compiles the rule of the test, from its own file or (a reload) from another one."""


class CannotHappen(ValueError):
    """A step that cannot be done in the world as it is. The message says why."""


def _placed(world: World, value: Written, zone: ZoneInfo) -> int | bool | Instant | None:
    """Return a value with a time of today as an instant."""
    if not isinstance(value, At):
        return value
    return place_on(wall(world.now, zone).date(), value.since_midnight, zone)


def act(world: World, event: steps.Event, zone: ZoneInfo, compiled: Compile) -> None:  # noqa: C901  one line an event
    """Make an event happen. Raises CannotHappen."""
    match event:
        case steps.Trade(symbol=symbol, pnl=pnl):
            _trade(world, symbol, pnl)
        case steps.Open():
            _open(world, event)
        case steps.Close():
            _close(world, event)
        case steps.Quoted(symbol=symbol, price=price):
            _quote(world, symbol, price)
        case steps.Stop():
            _stop(world, event)
        case steps.PlaceOrder():
            _order(world, event)
        case steps.CancelOrders(symbol=symbol):
            _cancel(world, symbol)
        case steps.Void():
            if not world.venue.void():
                raise CannotHappen("there is no trade that could be taken back")
            world.look()
        case steps.NewsItem(since_midnight=since_midnight, title=title):
            item = News(place_on(wall(world.now, zone).date(), since_midnight, zone), title)
            world.change_settings(lambda old: replace(old, news=(*(old.news or ()), item)))
            world.rearm()
        case steps.SetField(field=field, value=value):
            set_field(world, field, _placed(world, value, zone))
        case steps.Stale(symbol=symbol, age=age):
            contract = world.venue.contract(symbol).contract
            if contract not in world.state.quotes:
                raise CannotHappen(f"{symbol} has had no price yet")
            world.age_quote(contract, age)
        case steps.Restart():
            world.restart(compiled(None))
        case steps.Reload(path=path):
            world.reload(compiled(path))
        case _:
            assert_never(event)


def _trade(world: World, symbol: str, pnl: Money) -> None:
    contract = world.venue.contract(symbol).contract
    if world.venue.size(contract):
        raise CannotHappen(f"{symbol} is open: `close` it, or let the trade be in another month")
    world.venue.round_trip(contract, pnl)
    world.look()


def _open(world: World, event: steps.Open) -> None:
    contract = world.venue.contract(event.symbol).contract
    if world.venue.size(contract) * event.side.sign < 0:
        raise CannotHappen(f"{event.symbol} is open on the other side: `close` it first")
    world.venue.prices[contract] = event.price
    world.venue.fill(contract, event.side, event.size, event.price)
    world.look_with_price(contract)


def _close(world: World, event: steps.Close) -> None:
    contract = world.venue.contract(event.symbol).contract
    held = world.venue.size(contract)
    size = abs(held) if event.size is None else event.size
    if not 0 < size <= abs(held):
        raise CannotHappen(f"{event.symbol} holds {abs(held)}, so {size} cannot be closed")
    world.venue.fill(contract, Side.SELL if held > 0 else Side.BUY, size, event.price)
    if not world.venue.size(contract):
        for order in world.venue.stops(contract):
            del world.venue.orders[order.id]
    world.venue.prices[contract] = event.price
    world.look_with_price(contract)


def _quote(world: World, symbol: str, price: Price) -> None:
    contract = world.venue.contract(symbol).contract
    world.venue.prices[contract] = price
    world.list_contracts()
    world.quote(contract)


def _stop(world: World, event: steps.Stop) -> None:
    venue = world.venue
    contract = venue.contract(event.symbol).contract
    held = venue.size(contract)
    for order in venue.stops(contract):
        del venue.orders[order.id]
    if event.price is not None:
        if not held:
            raise CannotHappen(f"{event.symbol} holds nothing that a stop could protect")
        side = Side.SELL if held > 0 else Side.BUY
        venue.rest(contract, side, event.size or abs(held), OrderKind.STOP, event.price)
    world.look()


def _order(world: World, event: steps.PlaceOrder) -> None:
    contract = world.venue.contract(event.symbol).contract
    if event.price is None:
        world.venue.fill(contract, event.side, event.size, world.venue.prices[contract])
        if contract in world.state.quotes:
            world.look()  # an order brings no news of the market
        else:
            world.look_with_price(contract)
        return
    world.venue.rest(contract, event.side, event.size, OrderKind.LIMIT, event.price)
    world.look()


def _cancel(world: World, symbol: str) -> None:
    contract = world.venue.contract(symbol).contract
    resting = [
        order.id
        for order in world.venue.orders.values()
        if order.contract == contract and order.kind is OrderKind.LIMIT
    ]
    if not resting:
        raise CannotHappen(f"{symbol} has no resting order")
    for order_id in resting:
        del world.venue.orders[order_id]
    world.look()
