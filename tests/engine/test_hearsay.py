"""A size that the stream tells alone: fills do not reach it, and the venue was not read since."""

from typing import Any

import pytest

from engine.commands import ClosePosition, ReducePosition, TakeSnapshot
from engine.sizes_told import TOGETHER, TOO_LONG_UNREAD, least_held
from engine.units import SECOND
from engine.venue import Side


def asked(desk: Any, kind: type) -> list[Any]:
    return [command for command in desk.commands if isinstance(command, kind)]


def one_long(lab: Any) -> Any:
    """Return a desk that may hold two, and that holds one by fills and by the venue's own view."""
    desk = lab.start(lab.most(2))
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.told(lab.MNQ, 1)
    desk.wait(1)
    desk.sync(MNQ=1)
    desk.wait(1)
    return desk


def test_messages_of_a_stream_that_stood_still_close_nothing_that_a_reading_contradicts(lab: Any) -> None:
    desk = one_long(lab)
    desk.told(lab.MNQ, -4)  # what was held long before the reading

    assert not asked(desk, ReducePosition)
    desk.wait(0.1)
    assert len(asked(desk, TakeSnapshot)) == 1, "the venue is asked what is held"
    desk.sync(MNQ=1)

    assert not asked(desk, ReducePosition)


def test_a_size_whose_fill_was_lost_is_reduced_as_soon_as_a_reading_tells_it_too(lab: Any) -> None:
    desk = one_long(lab)
    desk.told(lab.MNQ, 5)
    desk.wait(0.1)
    assert not asked(desk, ReducePosition)

    desk.sync(MNQ=5)

    assert [command.size for command in asked(desk, ReducePosition)] == [3]


def test_a_fill_right_after_its_position_needs_no_reading(lab: Any) -> None:
    desk = one_long(lab)
    desk.told(lab.MNQ, 5)
    desk.wait(0.03)
    desk.fill(lab.MNQ, Side.BUY, 4)

    assert [command.size for command in asked(desk, ReducePosition)] == [3]
    assert not asked(desk, TakeSnapshot)


def test_what_fills_tell_is_reduced_at_once_and_only_the_rest_waits_for_a_reading(lab: Any) -> None:
    desk = one_long(lab)
    desk.fill(lab.MNQ, Side.BUY, 2)
    desk.told(lab.MNQ, 5)  # three by fills, five by the stream alone

    (command,) = asked(desk, ReducePosition)
    assert command.size == 1
    assert not desk.state.in_flight[command.id].is_sure, "its fill alone shows no effect"


def test_a_reading_that_may_lag_does_not_end_the_doubt_and_the_next_waits_until_it_must_show_it(
    lab: Any,
) -> None:
    desk = one_long(lab)
    desk.told(lab.MNQ, 5)
    desk.wait(0.1)
    desk.sync(MNQ=1)
    assert len(asked(desk, TakeSnapshot)) == 1
    desk.wait(0.8)
    assert len(asked(desk, TakeSnapshot)) == 1

    desk.wait(0.1)

    assert len(asked(desk, TakeSnapshot)) == 2


def test_where_the_venue_cannot_be_read_the_stream_is_believed_after_a_while(lab: Any) -> None:
    desk = one_long(lab)
    told = desk.now
    outcome = desk.told(lab.MNQ, 5)
    while not asked(desk, ReducePosition) and desk.now < told + 2 * TOO_LONG_UNREAD:
        outcome = desk.wait((outcome.deadline - desk.now) / SECOND)

    assert [command.size for command in asked(desk, ReducePosition)] == [3]
    assert desk.now == told + TOO_LONG_UNREAD


def test_a_position_that_must_be_flat_waits_for_nothing(lab: Any) -> None:
    desk = lab.start(lab.most(0))
    desk.told(lab.MNQ, 5)

    assert [command.contract for command in asked(desk, ClosePosition)] == [lab.MNQ]


def test_trades_that_never_were_do_not_hide_that_a_position_is_outdated(lab: Any) -> None:
    desk = lab.start(lab.most(9))
    desk.fill(lab.MNQ, Side.BUY, 1)  # the sum of all fills stays one too high: its sale was voided, say
    desk.wait(10)
    desk.sync()
    desk.fill(lab.MNQ, Side.BUY, 3)
    desk.told(lab.MNQ, 3)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)  # the position is not told yet

    assert least_held(desk.state, lab.MNQ) == 2


def test_a_reading_that_a_fill_may_have_overtaken_is_not_where_counting_begins_anew(lab: Any) -> None:
    desk = one_long(lab)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.sync(MNQ=1)  # asked for right after the fill, and still without it
    assert desk.state.by_fills == {lab.MNQ: 2}

    desk.wait(1)
    desk.sync(MNQ=2)

    assert desk.state.by_fills == {lab.MNQ: 2}


def test_where_fills_got_lost_those_told_since_the_position_count_all_the_same(lab: Any) -> None:
    desk = lab.start(lab.most(9))
    desk.fill(lab.MNQ, Side.BUY, 6)
    desk.told(lab.MNQ, 4)  # two were sold, and their fill was lost
    desk.wait(0.1)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)
    assert least_held(desk.state, lab.MNQ) == 3

    desk.wait(0.02)
    desk.told(lab.MNQ, 3)

    assert least_held(desk.state, lab.MNQ) == 3


def test_a_fill_that_agrees_with_the_position_by_chance_takes_nothing_off_that_may_stay(lab: Any) -> None:
    desk = one_long(lab)
    desk.hold(lab.MNQ, 3)
    (first,) = asked(desk, ReducePosition)
    desk.answer(first)
    desk.hold(lab.MNQ, 5)
    desk.told(lab.MNQ, 4)  # the trader sold one, and that fill was lost
    desk.wait(0.01)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)  # ours: three are held now
    assert desk.state.by_fills == {lab.MNQ: 4}
    desk.wait(0.01)
    desk.told(lab.MNQ, 3)

    assert [command.size for command in asked(desk, ReducePosition)] == [1, 1]


def test_a_fill_after_its_position_holds_the_next_reduction_up_for_a_tenth_of_a_second(lab: Any) -> None:
    desk = one_long(lab)
    desk.hold(lab.MNQ, 4)
    desk.hold(lab.MNQ, 6)  # while two are on their way out
    (first,) = asked(desk, ReducePosition)
    desk.answer(first)
    desk.told(lab.MNQ, 4)
    outcome = desk.fill(lab.MNQ, Side.SELL, 2, pnl=0)
    assert asked(desk, ReducePosition) == [first], "the position may be from before the fill"
    assert outcome.deadline == desk.now + TOGETHER

    desk.wait(TOGETHER / SECOND)

    assert [command.size for command in asked(desk, ReducePosition)] == [2, 2]


@pytest.mark.parametrize("seconds", [0.1, 5])
def test_a_fill_that_hides_a_lost_one_leaves_the_position_to_say_how_little_is_left(
    lab: Any, seconds: float
) -> None:
    desk = lab.start(lab.most(9))
    desk.fill(lab.MNQ, Side.BUY, 7)
    desk.told(lab.MNQ, 6)  # one was sold, and its fill was lost
    desk.wait(seconds)
    desk.fill(lab.MNQ, Side.SELL, 2, pnl=0)  # five by fills, and in truth four

    assert least_held(desk.state, lab.MNQ) == 4


def test_an_entry_that_the_position_does_not_show_yet_counts(lab: Any) -> None:
    desk = lab.start(lab.most(9))
    desk.fill(lab.MNQ, Side.BUY, 6)
    desk.told(lab.MNQ, 6)
    desk.wait(0.1)
    desk.fill(lab.MNQ, Side.SELL, 2, pnl=0)
    desk.fill(lab.MNQ, Side.BUY, 1)

    assert least_held(desk.state, lab.MNQ) == 5
