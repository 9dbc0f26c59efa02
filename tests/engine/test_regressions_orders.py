"""What once went wrong, found by the rehearsals: orders."""

from dataclasses import replace
from typing import Any

from engine.actions import Close, Flatten, LockEntries
from engine.commands import ClosePosition
from engine.events import Answer, Refusal, SnapshotTaken
from engine.rule import RuleScope
from engine.units import SCALE, SECOND, Duration
from engine.venue import OrderKind, OrderStatus, Side


def flat_and_locked(lab: Any) -> Any:
    return lab.rule(
        "stop",
        lambda f: f.account.gross_contracts > 0,
        lambda f: (Flatten("account"), LockEntries("account", "for", Duration(3600 * SECOND))),
    )


def test_a_stop_larger_than_its_position_was_cancelled_under_a_lock_and_left_it_naked(lab: Any) -> None:
    locked = lab.rule(
        "pause", lambda f: f.account.gross_contracts > 0, lambda f: (LockEntries("account", "manual"),)
    )
    desk = lab.start(locked)
    desk.hold(lab.MNQ, 2)

    desk.order(lab.MNQ, Side.SELL, 5, kind=OrderKind.STOP, id=31)

    (command,) = desk.commands
    assert (command.order_id, command.size) == (31, 2)


def test_a_suspended_leg_that_died_unheard_was_cancelled_again_and_again_for_ever(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.order(lab.MNQ, Side.BUY, 1, id=40)
    desk.order(lab.MNQ, Side.SELL, 1, id=41, kind=OrderKind.STOP, status=OrderStatus.SUSPENDED, parent_id=40)
    assert 41 in desk.state.orders

    desk.wait(10)
    view = SnapshotTaken(desk.now, 7, desk.now, desk.state.status, (), (), (), desk.now, has_suspended=False)
    desk.hear(lambda at: view)

    assert not desk.state.orders


def test_an_old_stop_of_a_position_that_turned_around_used_up_the_cover_and_the_good_stop_was_cancelled(
    lab: Any,
) -> None:
    most = lab.most(1)
    desk = lab.start(most)
    desk.order(lab.MNQ, Side.BUY, 2, kind=OrderKind.STOP, id=51)
    desk.hold(lab.MNQ, -2)
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=52)
    sent = len(desk.commands)

    desk.hold(lab.MNQ, 2)
    desk.hold(lab.MNQ, 1)

    cancelled = [command.order_id for command in desk.commands[sent:] if isinstance(command, lab.cancel)]
    assert cancelled == [51]


def test_an_order_that_was_over_unheard_was_cancelled_again_without_looking(lab: Any) -> None:
    locked = lab.rule(
        "pause", lambda f: f.account.gross_contracts > 0, lambda f: (LockEntries("account", "manual"),)
    )
    desk = lab.start(locked)
    desk.hold(lab.MNQ, 1)
    desk.order(lab.ES, Side.BUY, 1, id=61)

    desk.answer(desk.commands[-1], Answer.REFUSED, refusal=Refusal.PAUSED)
    desk.wait(4)

    assert isinstance(desk.commands[-1], lab.look)


def test_a_leg_that_was_heard_of_only_after_the_flatten_was_proven_stayed_on_a_flat_contract(
    lab: Any,
) -> None:
    closing = lab.rule(
        "take",
        lambda f: f.position.quantity >= 2 * SCALE,
        lambda f: (Close("position"),),
        scope=RuleScope.POSITION,
    )
    desk = lab.start(closing)
    desk.order(lab.MNQ, Side.SELL, 2, kind=OrderKind.STOP, id=71)
    desk.hold(lab.MNQ, 2)
    desk.answer(desk.commands[-1])
    desk.cancelled(71)
    desk.hold(lab.MNQ, 0)
    desk.state = replace(desk.state, done=())  # as if the stream had never said that it was over

    desk.order(lab.MNQ, Side.SELL, 2, kind=OrderKind.STOP, id=71)

    assert isinstance(desk.commands[-1], lab.cancel)
    assert [reason.rule for reason in desk.state.enforcements[desk.commands[-1].enforcement].reasons] == [
        "take"
    ]


def test_the_stop_of_a_bracket_was_cancelled_by_the_lock_that_its_own_entry_brought_about(lab: Any) -> None:
    counted = lab.rule(
        "counted",
        lambda f: len(f.view.state.book.entries) >= 1,
        lambda f: (LockEntries("account", "manual"),),
        reads=lab.fills,
        streams=frozenset({"entries"}),
    )
    desk = lab.start(counted)
    # In the order of the recorded messages: the leg asleep, the entry filled, the fill, the position, the leg awake.
    leg = {"id": 61, "kind": OrderKind.STOP, "parent_id": 60}
    desk.order(lab.MNQ, Side.SELL, 2, status=OrderStatus.SUSPENDED, **leg)
    desk.order(lab.MNQ, Side.BUY, 2, id=60, kind=OrderKind.MARKET, status=OrderStatus.PENDING)
    desk.order(lab.MNQ, Side.BUY, 2, id=60, kind=OrderKind.MARKET, status=OrderStatus.FILLED)
    desk.fill(lab.MNQ, Side.BUY, 2, order=60)
    desk.hold(lab.MNQ, 2)
    desk.order(lab.MNQ, Side.SELL, 2, **leg)

    assert len(desk.state.locks) == 1
    assert (desk.commands, list(desk.state.orders)) == ([], [61])


def under_a_lock(lab: Any) -> Any:
    locked = lab.rule(
        "pause", lambda f: f.account.gross_contracts > 0, lambda f: (LockEntries("account", "manual"),)
    )
    desk = lab.start(locked)
    desk.hold(lab.MNQ, 1)
    desk.hold(lab.MNQ, 0)
    assert len(desk.state.locks) == 1
    return desk


def test_the_stop_of_a_bracketed_reentry_was_cancelled_and_left_it_naked_for_as_long_as_its_close_waited(
    lab: Any,
) -> None:
    desk = under_a_lock(lab)
    leg = {"id": 61, "kind": OrderKind.STOP, "parent_id": 60}
    # In the order of the recorded messages: the leg is told of before its entry.
    desk.order(lab.MNQ, Side.SELL, 2, status=OrderStatus.SUSPENDED, **leg)
    desk.order(lab.MNQ, Side.BUY, 2, id=60, kind=OrderKind.MARKET, status=OrderStatus.PENDING)
    desk.order(lab.MNQ, Side.BUY, 2, id=60, kind=OrderKind.MARKET, status=OrderStatus.FILLED)
    assert not [command for command in desk.commands if isinstance(command, lab.cancel)]
    desk.fill(lab.MNQ, Side.BUY, 2, order=60)
    desk.hold(lab.MNQ, 2)
    desk.order(lab.MNQ, Side.SELL, 2, **leg)

    assert isinstance(desk.commands[-1], ClosePosition), "the exit goes first"
    assert not [command for command in desk.commands if isinstance(command, lab.cancel)]
    desk.answer(desk.commands[-1])
    desk.hold(lab.MNQ, 0)
    assert [command.order_id for command in desk.commands if isinstance(command, lab.cancel)] == [61]


def test_a_leg_whose_entry_is_never_told_is_cancelled_under_a_lock_a_moment_later(lab: Any) -> None:
    desk = under_a_lock(lab)
    leg = {"id": 61, "kind": OrderKind.STOP, "status": OrderStatus.SUSPENDED, "parent_id": 60}
    desk.order(lab.MNQ, Side.SELL, 2, **leg)
    assert not [command for command in desk.commands if isinstance(command, lab.cancel)]

    desk.wait(2)

    assert [command.order_id for command in desk.commands if isinstance(command, lab.cancel)] == [61]


def test_an_opposite_entry_left_over_once_the_messages_agree_is_cancelled_under_a_lock(lab: Any) -> None:
    locked = lab.rule(
        "locked", lambda f: f.account.gross_contracts > 0, lambda f: (LockEntries("account", "manual"),)
    )
    desk = lab.start(locked)
    desk.order(lab.ES, Side.SELL, 1, id=71)
    desk.fill(lab.ES, Side.BUY, 1)
    desk.hold(lab.MNQ, 1)
    assert desk.commands == [], "by the fills it is an exit"

    desk.wait(5)

    assert 71 in [getattr(command, "order_id", 0) for command in desk.commands]
