"""REST may show what the stream has told only up to a second later (`sizes_told.REST_LAG`)."""

from dataclasses import replace
from typing import Any

from engine.commands import TakeSnapshot
from engine.events import AccountSeen, LockRequested, SnapshotTaken
from engine.locks import TradingState
from engine.sizes_told import REST_LAG
from engine.units import SCALE, SECOND, Instant, Money
from engine.venue import Side


def read(desk: Any, **changes: Any) -> None:
    """Hear a reading that was asked for right now."""
    state = desk.state
    view = SnapshotTaken(
        desk.now, 7, desk.now, state.status, (), tuple(state.orders.values()), (), Instant(desk.now - SECOND)
    )
    desk.hear(lambda at: replace(view, **changes))


def test_a_position_told_just_before_outlives_a_reading_without_it(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    desk.wait(10)
    desk.hold(lab.MNQ, 2)
    desk.wait(REST_LAG / SECOND - 0.1)
    read(desk)
    assert desk.state.size(lab.MNQ) == 2

    desk.wait(0.1)
    read(desk)

    assert desk.state.size(lab.MNQ) == 0


def test_an_order_told_just_before_outlives_a_reading_without_it(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    desk.wait(10)
    desk.order(lab.MNQ, Side.BUY, id=501)
    desk.wait(REST_LAG / SECOND - 0.1)
    read(desk, orders=())
    assert 501 in desk.state.orders

    desk.wait(0.1)
    read(desk, orders=())

    assert not desk.state.orders


def test_an_account_row_told_just_before_outlives_the_row_of_a_reading(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    older = desk.state.status
    newer = replace(older, balance=Money(49_000 * SCALE))
    desk.wait(10)
    desk.hear(lambda at: AccountSeen(at, 7, newer))
    desk.wait(REST_LAG / SECOND - 0.1)
    read(desk, status=older)
    assert desk.state.status == newer

    read(desk, status=None)
    assert desk.state.listed is False, "that it is no longer listed is news at any time"
    desk.wait(0.1)
    read(desk, status=older)

    assert desk.state.status == older


def test_where_fills_and_position_disagree_the_venue_is_read_once_a_reading_must_show_it(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    desk.wait(10)
    desk.hold(lab.MNQ, 2)
    desk.told(lab.MNQ, 1)  # an old message, or the fill got lost: nothing to do, but to know
    outcome = desk.wait(0.5)
    assert outcome.deadline == desk.now + REST_LAG - SECOND // 2
    assert not any(isinstance(command, TakeSnapshot) for command in desk.commands)

    desk.wait(0.5)

    assert isinstance(desk.commands[-1], TakeSnapshot)


def test_a_flat_only_lock_ends_only_when_fills_say_flat_too(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    desk.hold(lab.MNQ, 2)
    end = Instant(desk.now + 5 * SECOND)
    desk.hear(lambda at: LockRequested(at, 7, None, end, "trader", TradingState.FLAT_ONLY))
    desk.told(lab.MNQ, 0)  # the fill of a close was not told: perhaps the message is an old one
    desk.wait(5)
    assert desk.state.locks, "two are held, by the fills"

    desk.sync()

    assert not desk.state.locks


def test_sizes_that_differ_and_matter_to_nothing_are_read_about_in_turn_with_other_looks(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    desk.hold(lab.MNQ, 2)
    desk.wait(10)
    desk.sync(MNQ=2)
    desk.told(lab.MNQ, 1)
    desk.wait(3.9)
    assert not any(isinstance(command, TakeSnapshot) for command in desk.commands)

    desk.wait(0.1)

    assert isinstance(desk.commands[-1], TakeSnapshot)


def test_a_reading_that_may_not_show_a_fill_yet_settles_nothing(lab: Any) -> None:
    desk = lab.start(lab.most(5))
    desk.wait(10)
    desk.fill(lab.MNQ, Side.BUY, 2)
    read(desk)
    assert desk.state.settling_since is not None

    desk.wait(1)
    desk.sync(MNQ=2)

    assert desk.state.settling_since is None
