"""A stop that the guard placed goes with its position, whoever closed that: it must not open another one."""

from dataclasses import replace
from typing import Any

import pytest

from engine.commands import CancelOrder, ResizeOrder
from engine.events import OrderSeen
from engine.outcome import DecisionKind
from engine.units import PRICE_SCALE, Price
from engine.venue import OrderKind, OrderStatus, Side

OURS, THEIRS = "risk-1-C9", None


def changed(desk: Any) -> list[tuple[int, int]]:
    """Return which orders were changed, and to what size: 0 is cancelled."""
    return [
        (command.order_id, command.size if isinstance(command, ResizeOrder) else 0)
        for command in desk.commands
        if isinstance(command, CancelOrder | ResizeOrder)
    ]


def covered(lab: Any, size: int, tag: str | None = OURS) -> Any:
    """Return a desk with a rule that never fires, and a position with a stop for all of it."""
    desk = lab.start(lab.most(9))
    desk.hold(lab.MNQ, size)
    side = Side.SELL if size > 0 else Side.BUY
    desk.order(lab.MNQ, side, abs(size), kind=OrderKind.STOP, id=31, tag=tag)
    desk.wait(10)
    return desk


@pytest.mark.parametrize("size", [3, -3])
def test_it_is_cancelled_when_the_trader_closes_the_position(lab: Any, size: int) -> None:
    desk = covered(lab, size)

    desk.hold(lab.MNQ, 0)

    assert changed(desk) == [(31, 0)]


def test_it_shrinks_when_the_trader_takes_a_part_off_and_stays_when_he_adds(lab: Any) -> None:
    desk = covered(lab, 3)
    desk.hold(lab.MNQ, 5)
    assert not changed(desk)

    desk.hold(lab.MNQ, 1)

    assert changed(desk) == [(31, 1)]


def test_it_is_cancelled_when_the_position_turns_around(lab: Any) -> None:
    desk = covered(lab, 3)

    desk.hold(lab.MNQ, -2)

    assert changed(desk) == [(31, 0)]


def test_of_two_the_older_stays_as_large_as_what_is_left(lab: Any) -> None:
    desk = covered(lab, 2)
    desk.hold(lab.MNQ, 4)
    desk.order(lab.MNQ, Side.SELL, 2, kind=OrderKind.STOP, id=32, tag="risk-1-C12")

    desk.hold(lab.MNQ, 1)

    assert changed(desk) == [(31, 1), (32, 0)]


def test_a_stop_of_the_trader_s_is_his_affair(lab: Any) -> None:
    desk = covered(lab, 3, THEIRS)

    desk.hold(lab.MNQ, 0)

    assert not changed(desk)


def test_while_fills_and_position_disagree_it_stays_until_a_reading_decides(lab: Any) -> None:
    desk = covered(lab, 3)
    desk.told(lab.MNQ, 0)  # no fill says so
    assert not changed(desk)

    desk.wait(2)
    desk.sync()

    assert changed(desk) == [(31, 0)]


def test_it_is_recorded_with_its_reason(lab: Any) -> None:
    desk = covered(lab, 3)

    desk.hold(lab.MNQ, 0)

    assert told(desk) == ["MNQ: the guard takes back the stop it placed: its position is gone."]


@pytest.mark.parametrize(("size", "price"), [(3, 19_990), (3, 19_995), (-3, 20_010), (-3, 20_005)])
def test_it_goes_where_the_trader_s_own_stop_fills_no_later(lab: Any, size: int, price: int) -> None:
    desk = beside(lab, size, price, abs(size))

    assert changed(desk) == [(31, 0)]
    assert told(desk) == ["MNQ: the guard takes back the stop it placed: another stop covers its position."]


@pytest.mark.parametrize(("size", "price"), [(3, 19_989), (-3, 20_011)])
def test_it_stays_where_the_trader_s_own_stop_fills_later(lab: Any, size: int, price: int) -> None:
    assert not changed(beside(lab, size, price, abs(size)))


def test_it_shrinks_to_what_the_trader_s_own_stop_leaves_uncovered(lab: Any) -> None:
    desk = beside(lab, 3, 19_995, 1)

    assert changed(desk) == [(31, 2)]
    assert told(desk) == ["MNQ: the guard's own stop shrinks to what is held and no other covers."]


@pytest.mark.parametrize(
    "more",
    [
        {"kind": OrderKind.STOP_LIMIT},
        {"kind": OrderKind.LIMIT},
        {"kind": OrderKind.TRAILING_STOP, "stop_price": None},
        {"status": OrderStatus.SUSPENDED},
        {"status": OrderStatus.PENDING_CANCEL},
    ],
)
def test_it_stays_beside_what_may_not_fill(lab: Any, more: dict[str, Any]) -> None:
    assert not changed(beside(lab, 3, 19_995, 3, **more))


def beside(lab: Any, size: int, price: int, others: int, **more: Any) -> Any:
    """Return a desk with our stop ten points away for all that is held, and an order of the trader's at a price."""
    desk = lab.start(lab.most(9))
    desk.hold(lab.MNQ, size)
    side = Side.SELL if size > 0 else Side.BUY
    ours = Price((20_000 + 10 * side.sign) * PRICE_SCALE)
    desk.order(lab.MNQ, side, abs(size), kind=OrderKind.STOP, id=31, tag=OURS, stop_price=ours)
    assert not changed(desk)
    theirs = {"kind": OrderKind.STOP, "stop_price": Price(price * PRICE_SCALE), **more}
    desk.order(lab.MNQ, side, others, id=32, **theirs)
    return desk


def told(desk: Any) -> list[str]:
    """Return what was said of stops."""
    found = [one for outcome in desk.said for one in outcome.decisions if one.kind is DecisionKind.STOP]
    return [one.message for one in found]


def test_one_that_is_being_cancelled_is_not_cancelled_again(lab: Any) -> None:
    desk = covered(lab, 3)
    desk.order(lab.MNQ, Side.SELL, 3, kind=OrderKind.STOP, id=31, tag=OURS, status=OrderStatus.PENDING_CANCEL)

    desk.hold(lab.MNQ, 0)

    assert not changed(desk)


def test_one_that_filled_in_part_keeps_what_it_filled_when_it_shrinks(lab: Any) -> None:
    desk = covered(lab, 3)
    filled = replace(desk.state.orders[31], filled=1)
    desk.hear(lambda at: OrderSeen(at, desk.state.account, filled))
    desk.hold(lab.MNQ, 2)

    desk.hold(lab.MNQ, 1)

    assert changed(desk) == [(31, 2)]


def test_one_whose_price_is_unknown_stays_beside_the_trader_s(lab: Any) -> None:
    desk = covered(lab, 3)

    desk.order(lab.MNQ, Side.SELL, 3, kind=OrderKind.STOP, stop_price=Price(19_995 * PRICE_SCALE))

    assert not changed(desk)
