"""Stops that rules move or ask for: tighter only, never beyond the market, one request at a time."""

from typing import Any

from engine.actions import MoveStop, RequireStop
from engine.rule import RuleScope
from engine.units import PRICE_SCALE, SCALE, Price, Ticks
from engine.venue import OrderKind, Side


def at(points: float) -> Price:
    return Price(int(points * PRICE_SCALE))


def managing(lab: Any, action: Any) -> Any:
    return lab.rule(
        "manage",
        lambda facts: facts.position.quantity != 0,
        lambda facts: (action,),
        scope=RuleScope.POSITION,
    )


def test_a_loose_stop_is_moved_to_the_wanted_price_on_a_tick_away_from_the_market(lab: Any) -> None:
    desk = lab.start(managing(lab, MoveStop(at(20_000.30))))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(19_990))
    desk.hold(lab.MNQ, 1)
    assert desk.commands == []

    desk.quote(lab.MNQ, 20_010)

    assert [(c.order_id, c.price) for c in desk.commands] == [(5, at(20_000.25))]


def test_a_tighter_stop_stays_where_the_trader_put_it(lab: Any) -> None:
    desk = lab.start(managing(lab, MoveStop(at(20_000))))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(20_005))
    desk.hold(lab.MNQ, 1)

    desk.quote(lab.MNQ, 20_010)

    assert desk.commands == []


def test_a_stop_of_a_short_comes_down_and_never_beyond_the_market(lab: Any) -> None:
    desk = lab.start(managing(lab, MoveStop(at(19_000))))
    desk.order(lab.MNQ, Side.BUY, 1, kind=OrderKind.STOP, id=5, stop_price=at(20_050))
    desk.hold(lab.MNQ, -1)

    desk.quote(lab.MNQ, 20_010)

    assert [c.price for c in desk.commands] == [at(20_010.25)]


def test_a_missing_stop_is_placed_once_for_what_is_uncovered(lab: Any) -> None:
    desk = lab.start(managing(lab, RequireStop(Ticks(20 * SCALE))))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(19_990))
    desk.hold(lab.MNQ, 3)

    desk.quote(lab.MNQ, 20_010)
    desk.quote(lab.MNQ, 20_011)

    assert [(c.side, c.size, c.price) for c in desk.commands] == [(Side.SELL, 2, at(20_005))]
