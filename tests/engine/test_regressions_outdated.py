"""What once went wrong, found by the rehearsals: a position told after a fill, but from before it."""

from typing import Any

from engine.commands import ReducePosition
from engine.enforcement import Progress
from engine.events import CommandSent
from engine.venue import OrderKind, OrderStatus, Side


def guarded(lab: Any) -> Any:
    """Return a desk that may hold two contracts of MNQ, holds three, and has one of them on its way out."""
    most = lab.most(2)
    desk = lab.start(most)
    desk.fill(lab.MNQ, Side.BUY, 3)
    desk.told(lab.MNQ, 3)
    (first,) = desk.commands
    assert (type(first), first.size) == (ReducePosition, 1)
    desk.hear(lambda at: CommandSent(at, 7, first.id))
    return desk


def asked(desk: Any) -> list[Any]:
    return [command for command in desk.commands if isinstance(command, ReducePosition)]


def test_the_position_of_an_entry_that_came_after_the_fill_of_our_reduction_led_to_one_too_many(
    lab: Any,
) -> None:
    desk = guarded(lab)
    desk.answer(desk.commands[-1])
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)
    desk.told(lab.MNQ, 2)
    desk.fill(lab.MNQ, Side.BUY, 3)
    desk.told(lab.MNQ, 5)
    second = asked(desk)[-1]
    desk.hear(lambda at: CommandSent(at, 7, second.id))
    desk.answer(second)
    desk.fill(
        lab.MNQ, Side.BUY, 1
    )  # the trader enters again, then our reduction of three fills: three are held
    desk.fill(lab.MNQ, Side.SELL, 3, pnl=0)

    desk.told(lab.MNQ, 6)  # from before our reduction
    desk.told(lab.MNQ, 3)

    assert [command.size for command in asked(desk)] == [1, 3, 1]


def test_what_the_trader_took_off_was_taken_for_the_effect_of_our_request(lab: Any) -> None:
    desk = guarded(lab)
    desk.answer(desk.commands[-1])
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501, executed_at=desk.now - 2_000_000)  # before our request
    desk.told(lab.MNQ, 2)

    desk.fill(lab.MNQ, Side.BUY, 1)  # the trader enters again, while our reduction is still on its way
    desk.told(lab.MNQ, 3)

    assert [command.size for command in asked(desk)] == [1]


def test_an_order_that_was_there_before_our_request_was_later_claimed_as_its_effect(lab: Any) -> None:
    most = lab.most(2)
    desk = lab.start(most)
    desk.fill(lab.MNQ, Side.BUY, 3)
    desk.order(lab.MNQ, Side.SELL, 1, id=501, kind=OrderKind.MARKET, status=OrderStatus.PENDING)
    desk.told(lab.MNQ, 3)
    desk.hear(lambda at: CommandSent(at, 7, asked(desk)[0].id))

    desk.order(lab.MNQ, Side.SELL, 1, id=501, kind=OrderKind.MARKET, status=OrderStatus.FILLED)

    assert 501 not in desk.state.ledger.own_orders


def test_where_only_an_outdated_position_is_too_large_nothing_is_asked_but_the_record_waits_for_its_proof(
    lab: Any,
) -> None:
    desk = guarded(lab)
    desk.answer(desk.commands[-1])
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)
    desk.wait(0.1)

    (record,) = desk.state.enforcements.values()
    assert len(asked(desk)) == 1
    assert record.progress is Progress.OPEN, "the venue's own position does not show it yet"
    desk.told(lab.MNQ, 2)
    (record,) = desk.state.enforcements.values()
    assert record.progress is Progress.PROVEN


def test_a_position_that_stays_larger_than_the_fills_say_is_believed_once_a_reading_says_so(lab: Any) -> None:
    desk = guarded(lab)
    desk.answer(desk.commands[-1])
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)  # and an entry of two more whose fill was never told

    outcome = desk.told(lab.MNQ, 4)
    assert [command.size for command in asked(desk)] == [1]  # the stream alone says so
    for _ in range(100):
        desk.wait(0.1)
        if isinstance(desk.commands[-1], lab.look) and desk.commands[-1].id in desk.state.in_flight:
            desk.sync(MNQ=4)
    assert outcome.deadline is not None
    assert [command.size for command in asked(desk)] == [1, 2]


def test_a_reduction_whose_fill_was_never_told_is_settled_by_a_reading_and_costs_no_pause(lab: Any) -> None:
    desk = guarded(lab)
    desk.answer(desk.commands[-1])
    desk.told(lab.MNQ, 2)
    assert desk.state.in_flight, "the fill is missing: it could have been the trader who made it smaller"

    for _ in range(50):
        desk.wait(0.1)
        if isinstance(desk.commands[-1], lab.look) and desk.commands[-1].id in desk.state.in_flight:
            desk.sync(MNQ=2)

    assert desk.state.in_flight == {}
    assert lab.MNQ not in desk.state.quiet
