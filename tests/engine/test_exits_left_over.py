"""What protected a position must not open another one once we closed it, however late it shows."""

from typing import Any

import pytest

from engine.actions import ReduceTo
from engine.commands import CancelOrder, ResizeOrder
from engine.events import OrderSeen
from engine.units import SECOND, Contracts, Instant
from engine.venue import Order, OrderKind, OrderStatus, Side


def none_of_it(lab: Any) -> Any:
    """Return the rule: nothing may be held. It locks nothing, so that entry orders may stay."""
    return lab.rule("none", lambda f: f.account.gross_contracts > 0, lambda f: (ReduceTo(Contracts(0)),))


def changed(desk: Any) -> list[tuple[int, int]]:
    """Return which orders were changed, and to what size: 0 is cancelled."""
    return [
        (command.order_id, command.size if isinstance(command, ResizeOrder) else 0)
        for command in desk.commands
        if isinstance(command, CancelOrder | ResizeOrder)
    ]


def closes(desk: Any, contract: str, size: int) -> None:
    """Let what was asked last be answered and take the position to a size."""
    desk.answer(desk.commands[-1])
    desk.wait(0.1)
    desk.hold(contract, size)


def test_a_stop_larger_than_the_position_goes_with_it(lab: Any) -> None:
    desk = lab.start(none_of_it(lab))
    desk.order(lab.MNQ, Side.SELL, 3, kind=OrderKind.STOP, id=31)

    desk.hold(lab.MNQ, 2)
    closes(desk, lab.MNQ, 0)

    assert changed(desk) == [(31, 0)]


def test_a_stop_larger_than_the_position_shrinks_to_what_a_reduction_left(lab: Any) -> None:
    desk = lab.start(lab.most(1))
    desk.order(lab.MNQ, Side.SELL, 3, kind=OrderKind.STOP, id=31)

    desk.hold(lab.MNQ, 2)
    closes(desk, lab.MNQ, 1)

    assert changed(desk) == [(31, 1)]


def shows(desk: Any, contract: str, side: Side, made: Instant) -> None:
    """Hear of a stop that came into being at an instant."""
    order = Order(31, contract, side, OrderKind.STOP, 2, 0, OrderStatus.OPEN, made)
    desk.hear(lambda at: OrderSeen(at, desk.state.account, order))


@pytest.mark.parametrize(("side", "age", "goes"), [("SELL", 1, True), ("BUY", 1, False), ("SELL", -1, False)])
def test_a_stop_that_shows_after_the_proof_goes_if_it_was_there_before(
    lab: Any, side: str, age: int, goes: bool
) -> None:
    desk = lab.start(none_of_it(lab))
    desk.hold(lab.MNQ, 2)
    made = Instant(desk.now - age * SECOND)
    closes(desk, lab.MNQ, 0)

    desk.wait(40)
    shows(desk, lab.MNQ, Side[side], made)

    assert changed(desk) == ([(31, 0)] if goes else [])


def test_what_shows_long_after_the_proof_is_the_trader_s(lab: Any) -> None:
    desk = lab.start(none_of_it(lab))
    desk.hold(lab.MNQ, 2)
    made = Instant(desk.now - SECOND)
    closes(desk, lab.MNQ, 0)

    desk.wait(46)
    shows(desk, lab.MNQ, Side.SELL, made)

    assert not changed(desk)


def test_the_fill_that_left_nothing_tells_that_the_position_had_turned_around_unheard(lab: Any) -> None:
    desk = lab.start(none_of_it(lab))
    desk.hold(lab.MNQ, -2)
    desk.answer(desk.commands[-1])
    desk.wait(1)
    shows(desk, lab.MNQ, Side.SELL, desk.now)
    desk.wait(1)

    desk.fill(lab.MNQ, Side.SELL, 3)
    desk.told(lab.MNQ, 0)

    assert changed(desk) == [(31, 0)]


def test_the_legs_of_an_entry_that_still_works_stay_with_it(lab: Any) -> None:
    desk = lab.start(none_of_it(lab))
    desk.order(lab.MNQ, Side.BUY, 1, id=40)
    desk.order(lab.MNQ, Side.SELL, 1, id=41, kind=OrderKind.STOP, status=OrderStatus.SUSPENDED, parent_id=40)
    desk.order(lab.MNQ, Side.SELL, 2, id=42, kind=OrderKind.STOP)

    desk.hold(lab.MNQ, 2)
    closes(desk, lab.MNQ, 0)

    assert changed(desk) == [(42, 0)]
    assert {40, 41} <= set(desk.state.orders)


def test_the_leg_of_an_entry_that_fills_afterwards_stays_until_its_position_is_told(lab: Any) -> None:
    desk = lab.start(none_of_it(lab))
    desk.order(lab.MNQ, Side.BUY, 1, id=40)
    desk.order(lab.MNQ, Side.SELL, 1, id=41, kind=OrderKind.STOP, status=OrderStatus.SUSPENDED, parent_id=40)
    desk.hold(lab.MNQ, 2)
    closes(desk, lab.MNQ, 0)

    desk.wait(1)
    desk.fill(lab.MNQ, Side.BUY, 1, order=40)

    assert 41 not in dict(changed(desk))


def leg_of_a_filled_entry(lab: Any, filled: int) -> Any:
    """Return a desk that reduced four to one; the entry's fills are known, the word that it is done got lost."""
    desk = lab.start(lab.most(1))
    desk.order(lab.MNQ, Side.BUY, 4, id=40, kind=OrderKind.MARKET, status=OrderStatus.PENDING)
    desk.order(lab.MNQ, Side.SELL, 4, id=41, status=OrderStatus.SUSPENDED, parent_id=40)
    desk.wait(2)
    desk.fill(lab.MNQ, Side.BUY, 4 - filled, id=51, order=39) if filled < 4 else None
    desk.fill(lab.MNQ, Side.BUY, filled, id=52, order=40)
    desk.fill(lab.MNQ, Side.BUY, 1, id=53, order=40, voided=True)  # never happened
    desk.told(lab.MNQ, 4)
    reduction = desk.commands[-1]
    assert isinstance(reduction, lab.reduce)
    assert reduction.size == 3
    desk.answer(reduction)
    desk.told(lab.MNQ, 1)
    desk.fill(lab.MNQ, Side.SELL, 3, 0)
    return desk


def test_the_leg_of_an_entry_that_filled_unsaid_shrinks_to_what_a_reduction_left(lab: Any) -> None:
    assert (41, 1) in changed(leg_of_a_filled_entry(lab, 4))


def test_the_leg_of_an_entry_that_filled_in_part_stays_with_it(lab: Any) -> None:
    assert 41 not in dict(changed(leg_of_a_filled_entry(lab, 3)))


def test_a_fill_alone_proves_no_reduction_while_the_position_is_still_to_come(lab: Any) -> None:
    desk = lab.start(lab.most(3))
    desk.hold(lab.ES, 2)
    desk.wait(1)
    desk.order(lab.MNQ, Side.SELL, 3, kind=OrderKind.STOP, id=31)
    desk.hold(lab.MNQ, 3)
    (reduction,) = desk.commands
    # The trader closes the other one: all three may stay now, but the request is on its way.
    desk.told(lab.ES, 0)
    desk.answer(reduction)

    desk.fill(lab.MNQ, Side.SELL, reduction.size, 0)
    assert not any(record.is_over for record in desk.state.enforcements.values())

    desk.told(lab.MNQ, 3 - reduction.size)
    assert changed(desk) == [(31, 3 - reduction.size)]


def test_a_market_order_that_turns_the_position_around_is_no_exit_and_left_alone(lab: Any) -> None:
    desk = lab.start(none_of_it(lab))
    desk.wait(1)
    desk.order(lab.MNQ, Side.SELL, 5, kind=OrderKind.MARKET, id=33)

    desk.hold(lab.MNQ, 2)
    closes(desk, lab.MNQ, 0)

    assert not changed(desk)
