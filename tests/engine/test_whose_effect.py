"""What counts as the effect of a request of ours, and what does not, where fills or readings tell it late."""

from dataclasses import replace
from typing import Any

from engine.commands import ReducePosition
from engine.events import Answer, CommandSent, Refusal, SnapshotTaken
from engine.history_needed import OVERLAP, fills_needed
from engine.units import SECOND, Instant
from engine.venue import Side


def asked(desk: Any) -> list[Any]:
    return [command for command in desk.commands if isinstance(command, ReducePosition)]


def reducing(lab: Any) -> Any:
    """Return a desk whose position no fill explains, with one contract too many on its way out."""
    desk = lab.start(lab.most(2))
    desk.told(lab.MNQ, 3)
    desk.wait(4)  # the venue cannot be read: the stream's word alone is taken
    desk.hear(lambda at: CommandSent(at, 7, asked(desk)[0].id))
    return desk


def test_an_order_of_the_trader_is_no_effect_of_a_request_that_was_refused(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0], Answer.REFUSED, refusal=Refusal.LIMITED)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501)

    assert 501 not in desk.state.ledger.own_orders


def test_an_order_is_the_effect_of_the_latest_request_that_it_fits(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0], Answer.UNKNOWN)
    for _ in range(90):
        desk.wait(0.1)
        if isinstance(desk.commands[-1], lab.look) and desk.commands[-1].id in desk.state.in_flight:
            desk.sync(MNQ=3)
    second = asked(desk)[1]
    desk.hear(lambda at: CommandSent(at, 7, second.id))

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=777)

    assert {act.command: act.order_id for act in desk.state.own_acts}[second.id] == 777


def test_a_position_that_no_fill_explains_has_to_show_the_effect_itself(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0])

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)

    assert asked(desk)[0].id in desk.state.in_flight
    desk.told(lab.MNQ, 2)
    assert asked(desk)[0].id not in desk.state.in_flight


def test_a_position_that_was_turned_around_meanwhile_does_not_show_it_alone(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0])

    desk.told(lab.MNQ, 0)
    desk.told(lab.MNQ, -3)

    assert [command.size for command in asked(desk)] == [1]


def test_a_reading_that_was_asked_for_earlier_does_not_answer_ours(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0])
    desk.sync(MNQ=3)
    earlier = desk.now
    desk.wait(4)
    look = desk.commands[-1]
    assert isinstance(look, lab.look)

    view = SnapshotTaken(
        desk.now, 7, Instant(earlier + SECOND), desk.state.status, (), (), (), Instant(earlier)
    )
    desk.hear(lambda at: replace(view, at=at))

    assert look.id in desk.state.in_flight


def test_what_came_since_the_last_view_is_read_across_the_turn_of_the_trading_day(lab: Any) -> None:
    desk = lab.start(lab.most(2))
    calendar = desk.rules.settings.calendar
    turn = Instant(calendar.trading_day.last_before(desk.now) + 86_400 * SECOND)
    desk.now = Instant(turn - 20 * SECOND)
    desk.sync()

    since = fills_needed(desk.state, desk.rules, Instant(turn + 10 * SECOND))

    assert since <= desk.now - OVERLAP


def test_a_reduction_that_filled_is_no_failure_where_more_is_left_than_was_known(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0])
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)
    desk.wait(4)

    desk.sync(MNQ=5)

    assert [command.size for command in asked(desk)] == [1, 3], "the rest goes at once"


def test_a_reduction_that_filled_ends_the_failures_before_it(lab: Any) -> None:
    desk = reducing(lab)
    desk.answer(asked(desk)[0], Answer.REFUSED, refusal=Refusal.LIMITED)
    desk.wait(1)
    second = asked(desk)[1]
    desk.answer(second)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)
    assert desk.state.quiet[lab.MNQ].failures == 1
    desk.wait(4)

    desk.sync(MNQ=5)

    assert lab.MNQ not in desk.state.quiet
