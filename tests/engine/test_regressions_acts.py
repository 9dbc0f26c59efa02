"""What once went wrong, found by the rehearsals: locks, orders and requests."""

from dataclasses import replace
from typing import Any

from engine.actions import Close, Flatten, LockEntries
from engine.events import Answer, GuardStarted, PositionSeen, Refusal
from engine.rule import RuleScope
from engine.units import SCALE, SECOND, Duration
from engine.venue import OrderKind, Side


def restart(desk: Any) -> None:
    desk.hear(lambda at: GuardStarted(at, 7, at))


def flat_and_locked(lab: Any) -> Any:
    return lab.rule(
        "stop",
        lambda f: f.account.gross_contracts > 0,
        lambda f: (Flatten("account"), LockEntries("account", "for", Duration(3600 * SECOND))),
    )


def test_many_enforcements_in_a_row_spent_the_request_budget_on_second_looks(lab: Any) -> None:
    desk = lab.start(
        lab.rule("stop", lambda f: f.account.gross_contracts > 0, lambda f: (Flatten("account"),))
    )
    for _ in range(40):
        desk.hold(lab.MNQ, 1)
        desk.answer(desk.commands[-1])
        desk.hold(lab.MNQ, 0)
        for _ in range(3):
            desk.wait(0.5)
            if isinstance(desk.commands[-1], lab.look):
                desk.sync()

    looks = [command for command in desk.commands if isinstance(command, lab.look)]

    assert 10 <= len(looks) <= 16


def test_a_request_of_unknown_outcome_was_repeated_every_few_seconds_for_ever(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    asked = []

    for _ in range(120):
        last = desk.commands[-1]
        if isinstance(last, lab.look):
            desk.sync(MNQ=2)
        elif last.id in desk.state.in_flight and desk.state.in_flight[last.id].answer is None:
            asked.append(desk.now)
            desk.answer(last, Answer.UNKNOWN)
        desk.wait(0.5)

    assert 4 <= len(asked) <= 6


def test_after_no_such_position_the_same_was_asked_again_before_the_venue_was_read(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)

    desk.answer(desk.commands[-1], Answer.REFUSED, refusal=Refusal.GONE)
    desk.wait(10)
    desk.wait(10)

    assert [type(command) for command in desk.commands] == [lab.close, lab.look]


def test_a_flat_only_lock_ended_after_a_restart_on_a_stored_position_that_nobody_had_confirmed(
    lab: Any,
) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 1)
    desk.answer(desk.commands[-1])
    desk.hold(lab.MNQ, 0)

    restart(desk)
    desk.wait(3601)
    assert desk.state.locks

    desk.sync()
    assert not desk.state.locks


def test_an_entry_of_the_trader_that_was_already_counted_was_later_claimed_as_ours(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    desk.fill(lab.MNQ, Side.SELL, 1, order=777)
    desk.answer(desk.commands[-1])

    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.MARKET, id=777)

    assert 777 not in desk.state.ledger.own_orders


def test_an_order_older_than_our_request_was_claimed_as_its_effect(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    long_ago = desk.now
    desk.wait(30)
    desk.hold(lab.MNQ, 2)
    desk.answer(desk.commands[-1])

    desk.fill(lab.MNQ, Side.SELL, 1, order=778, executed_at=long_ago)

    assert 778 not in desk.state.ledger.own_orders


def test_reading_waited_longer_and_longer_while_everything_else_waited_for_it(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    desk.answer(desk.commands[-1], Answer.UNKNOWN)
    looks = 0

    for _ in range(60):
        desk.wait(1)
        if isinstance(desk.commands[-1], lab.look) and desk.commands[-1].id in desk.state.in_flight:
            looks += 1
            desk.answer(desk.commands[-1], Answer.UNKNOWN)

    assert 13 <= looks <= 16


def test_a_request_without_any_answer_was_read_about_on_and_on_until_the_budget_was_spent(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)

    for _ in range(300):  # thirty seconds, and each reading is answered at once
        if isinstance(desk.commands[-1], lab.look) and desk.commands[-1].id in desk.state.in_flight:
            desk.sync(MNQ=2)
        desk.wait(0.1)

    looks = [command for command in desk.commands if isinstance(command, lab.look)]
    assert 2 <= len(looks) <= 6


def test_the_fill_of_one_close_before_its_position_was_told_led_to_a_second_close_elsewhere(lab: Any) -> None:
    """Of 6 contracts all of ES were closed, by a rule of its own; 2 of MNQ were closed on top, for the limit of 4."""
    most = lab.most(4)
    none = lab.rule(
        "none",
        lambda f: f.symbol.name == "ES" and f.position.quantity >= 2 * SCALE,
        lambda f: (Close("position"),),
        scope=RuleScope.POSITION,
    )
    desk = lab.start(most, none)
    desk.fill(lab.ES, Side.BUY, 1)
    desk.hold(
        lab.ES, 1
    )  # the row of ES is older than that of MNQ, and stays so when the position turns around
    opened = desk.state.positions[lab.ES].opened_at
    desk.wait(1)
    desk.fill(lab.MNQ, Side.BUY, 3)
    desk.hold(lab.MNQ, 3)
    desk.wait(1)
    desk.fill(lab.ES, Side.SELL, 4)
    desk.hear(lambda at: PositionSeen(at, 7, replace(desk.position(lab.ES, -3), opened_at=opened)))
    (close,) = desk.commands
    assert (type(close).__name__, close.contract) == ("ClosePosition", lab.ES)

    desk.answer(close)
    desk.fill(lab.ES, Side.BUY, 3)
    desk.hold(lab.ES, 0)
    desk.wait(1)

    assert [command for command in desk.commands if not isinstance(command, lab.look)] == [close]


def test_a_close_that_waited_behind_a_request_that_hung_closed_what_the_trader_held_since(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    (late,) = desk.commands

    desk.answer(late, Answer.REFUSED, refusal=Refusal.STALE)  # what became of it at the enforcer
    again = desk.commands[-1]
    assert (type(again), again.id != late.id) == (type(late), True), (
        "still wanted: asked anew, without a pause"
    )

    desk.hold(lab.MNQ, 0)
    desk.answer(again, Answer.REFUSED, refusal=Refusal.STALE)
    assert desk.commands[-1] is again, "not wanted any more"
