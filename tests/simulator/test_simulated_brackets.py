"""Auto OCO brackets as the venue does them, with the traps that a risk manager must survive."""

from decimal import Decimal
from typing import Any

import pytest

from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.happenings import OrderChanged
from connectors.simulator.core.kinds import OrderType, Side, Status

MNQ = "CON.F.US.MNQ.Z26"


def test_children_wait_suspended_then_wake_at_prices_from_the_fill(desk: Any) -> None:
    desk.buy_with_legs()
    stop, entry, target = (event.order for event in desk.wait(0))
    assert [order.status for order in (stop, entry, target)] == [8, 6, 8]
    assert (stop.tag, target.tag) == ("entry-SL", "entry-TP")
    assert (stop.parent_id, stop.linked_id, target.linked_id) == (entry.id, None, stop.id)

    desk.wait()

    legs = {order.type: order for order in desk.live()}
    assert legs[OrderType.STOP].stop_price == Decimal("25480.25")
    assert legs[OrderType.LIMIT].limit_price == Decimal("25540.25")
    assert legs[OrderType.STOP].trail_ticks == -80


def test_a_filled_leg_takes_its_sibling_along_a_moment_later(desk: Any) -> None:
    desk.buy_with_legs()
    desk.wait()

    desk.price("25480")
    assert [order.type for order in desk.live()] == [OrderType.LIMIT]

    desk.wait(20)
    assert (desk.live(), desk.size) == ([], 0)


def test_legs_outlive_a_close_and_can_open_a_new_position(desk: Any) -> None:
    desk.buy_with_legs()
    desk.wait()

    desk.exchange.close(9120345, MNQ)
    desk.wait(15_000)
    assert (desk.size, len(desk.live())) == (0, 2)

    desk.price("25470")
    assert desk.size == -2


def test_the_switch_lets_the_venue_cancel_legs_when_flat(desk: Any) -> None:
    desk.exchange.venue.settings.cancel_legs_when_flat = True
    desk.buy_with_legs()
    desk.wait()

    desk.exchange.close(9120345, MNQ)
    desk.wait()

    assert desk.live() == []


def test_a_cancelled_leg_leaves_its_sibling_alone(desk: Any) -> None:
    desk.buy_with_legs()
    desk.wait()
    stop, target = desk.live()

    desk.exchange.cancel(9120345, stop.id)
    desk.wait()

    assert [order.id for order in desk.live()] == [target.id]


def test_cancelling_an_unfilled_entry_removes_its_children(desk: Any) -> None:
    answer = desk.buy(
        1, type=1, limit_price=Decimal("25400"), stop_loss=Bracket(-80, 4), take_profit=Bracket(80, 1)
    )
    desk.wait()
    assert len(desk.live()) == 3

    desk.exchange.cancel(9120345, answer.order_id)
    desk.wait()

    assert desk.live() == []


def test_a_half_filled_entry_that_is_cancelled_protects_what_it_holds(desk: Any) -> None:
    desk.exchange.venue.markets[MNQ].depth = 5
    answer = desk.buy(8, type=1, limit_price=Decimal("25500.25"), stop_loss=Bracket(-80, 4))
    desk.wait(20)
    desk.exchange.cancel(9120345, answer.order_id)
    desk.wait(100)

    [stop] = desk.live()
    assert (desk.size, stop.size, stop.status) == (5, 5, Status.OPEN)


@pytest.mark.parametrize(
    ("side", "stop", "target", "message"),
    [
        (
            Side.BUY,
            Bracket(80, 4),
            None,
            "Invalid stop loss ticks (80). Ticks should be less than zero when longing.",
        ),
        (
            Side.SELL,
            Bracket(-80, 4),
            None,
            "Invalid stop loss ticks (-80). Ticks should be greater than zero when shorting.",
        ),
        (
            Side.BUY,
            None,
            Bracket(-9, 1),
            "Invalid take profit ticks (-9). Ticks should be greater than zero when longing.",
        ),
        (Side.BUY, Bracket(-80, 1), None, "Invalid stop loss type (Limit)"),
    ],
)
def test_wrong_brackets_are_refused_with_an_id_and_a_rejected_order(
    desk: Any, side: Side, stop: Bracket | None, target: Bracket | None, message: str
) -> None:
    answer = desk.order(side, 1, stop_loss=stop, take_profit=target)

    assert (answer.code, answer.message) == (2, message)
    [event] = desk.wait()
    assert isinstance(event, OrderChanged)
    assert (event.order.id, event.order.status) == (answer.order_id, Status.REJECTED)


def test_position_bracket_mode_refuses_brackets_of_the_api(desk: Any) -> None:
    desk.exchange.set_account(9120345, [("brackets", "position")])

    answer = desk.buy_with_legs()

    assert answer.code == 2
    assert "Position Brackets" in answer.message
