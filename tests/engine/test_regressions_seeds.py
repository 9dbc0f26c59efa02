"""Mistakes that seeded worlds found once the disk, the clock and late costs were among the faults."""

from dataclasses import replace
from typing import Any

from engine.actions import Flatten, LockEntries
from engine.commands import TakeSnapshot
from engine.enforce import KEPT
from engine.events import FillSeen, GuardStarted, RulesArmed, SnapshotTaken
from engine.ledger import Ledger, book
from engine.own_events import StoreSeen
from engine.rule import IfUnknown
from engine.units import DAY, SCALE, SECOND, Instant, Money, Price
from engine.venue import Fill, Side

NOON = Instant(20_000 * DAY + 12 * 3600 * SECOND)
EARLY = Fill(1, 1, "MNQ", Side.BUY, 1, Price(1), None, Money(0), Instant(5))
FULL = replace(EARLY, costs=Money(SCALE), pnl=Money(-7 * SCALE))


def test_costs_that_came_late_were_never_booked() -> None:
    ledger = book(book(Ledger(), [EARLY]).ledger, [FULL]).ledger

    assert ledger.fills == (FULL,)


def test_an_old_message_without_costs_takes_none_back() -> None:
    change = book(book(Ledger(), [FULL]).ledger, [EARLY])

    assert (change.ledger.fills, change.rewritten) == ((FULL,), False)


def open_loss(lab: Any) -> Any:
    return lab.rule(
        "open_loss",
        lambda facts: None if facts.account.open_loss is None else facts.account.open_loss >= 300 * SCALE,
        lambda facts: (Flatten("account"),),
        if_unknown=IfUnknown.NO_INCREASE,
    )


def locked_by_the_unknown(lab: Any) -> Any:
    desk = lab.start(open_loss(lab))
    desk.hold(lab.MNQ, 1)
    desk.wait(3)
    assert [lock.rule for lock in desk.state.locks.values()] == ["open_loss"]
    return desk


def test_a_lock_for_an_unknown_answer_never_ended_when_the_answer_came_while_the_disk_failed(
    lab: Any,
) -> None:
    desk = locked_by_the_unknown(lab)
    desk.hear(lambda at: StoreSeen(at, is_failing=True))

    desk.quote(lab.MNQ, 25_000)
    assert len(desk.state.locks) == 1

    desk.hear(lambda at: StoreSeen(at, is_failing=False))
    assert not desk.state.locks


def test_a_lock_for_an_unknown_answer_never_ended_when_the_rule_was_changed_meanwhile(lab: Any) -> None:
    desk = locked_by_the_unknown(lab)
    other = lab.rule("open_loss", lambda facts: False, lambda facts: (), digest="changed")
    desk.rules = replace(desk.rules, rules=(other,))

    desk.hear(lambda at: RulesArmed(at, 7, "changed"))

    assert not desk.state.locks


def test_a_condition_freed_on_stored_values_before_the_venue_was_read(lab: Any) -> None:
    hours = lab.rule(
        "hours",
        lambda facts: facts.now < NOON + 5 * SECOND,
        lambda facts: (LockEntries("account", "condition", condition="open"),),
        untils={"open": lambda facts: facts.now >= NOON + 5 * SECOND},
    )
    desk = lab.start(hours)
    desk.hear(lambda at: GuardStarted(at, 7, at))
    assert len(desk.state.locks) == 1

    desk.wait(9)
    assert len(desk.state.locks) == 1

    desk.sync()
    assert not desk.state.locks


def test_the_two_hundred_and_first_flatten_was_neither_stored_nor_sent(lab: Any) -> None:
    desk = lab.start(
        lab.rule("none", lambda facts: facts.account.gross_contracts > 0, lambda facts: (Flatten("account"),))
    )

    for _ in range(KEPT + 2):
        desk.hold(lab.MNQ, 1)
        desk.answer(desk.commands[-1])
        desk.hold(lab.MNQ, 0)
        desk.wait(1)

    told = [record for outcome in desk.said for record in outcome.enforcements.values()]
    assert len({record.id for record in told}) == KEPT + 2
    assert len(desk.state.enforcements) == KEPT


def test_a_click_from_before_the_guards_request_was_taken_for_its_own(lab: Any) -> None:
    too_many = lab.rule(
        "most", lambda facts: facts.account.gross_contracts > 1, lambda facts: (Flatten("account"),)
    )
    desk = lab.start(too_many)
    desk.hold(lab.MNQ, 2)
    (close,) = desk.commands
    desk.answer(close)

    clicked = Fill(
        9, 9, lab.MNQ, Side.SELL, 2, Price(1), Money(0), Money(0), Instant(desk.state.now - 2 * SECOND)
    )
    desk.hear(lambda at: FillSeen(at, 7, clicked))

    assert 9 not in desk.state.ledger.own_orders
    assert len(desk.state.own_acts) == 1


def test_a_close_sent_while_the_disk_took_nothing_was_a_strangers_order_after_a_death(lab: Any) -> None:
    too_many = lab.rule(
        "most", lambda facts: facts.account.gross_contracts > 1, lambda facts: (Flatten("account"),)
    )
    desk = lab.start(too_many)
    desk.hold(lab.MNQ, 2)
    assert len(desk.commands) == 1  # asked for and stored; that it went out was not

    desk.hear(lambda at: GuardStarted(at, 7, at))
    desk.fill(lab.MNQ, Side.SELL, 2, pnl=-7, order=77)

    assert 77 in desk.state.ledger.own_orders


def test_a_reading_that_hung_was_believed_after_a_newer_one_and_the_contract_was_reduced_twice(
    lab: Any,
) -> None:
    most = lab.most(2)
    desk = lab.start(most)
    desk.sync(MNQ=5)
    (reduce,) = desk.commands
    desk.answer(reduce)
    desk.wait(2)
    desk.sync(MNQ=2)

    hung = SnapshotTaken(
        desk.now,
        7,
        Instant(desk.now - SECOND),
        desk.state.status,
        (desk.position(lab.MNQ, 5),),
        (),
        (),
        desk.now,
    )
    desk.hear(lambda at: hung)

    assert desk.state.size(lab.MNQ) == 2
    assert desk.commands == [reduce]


def test_of_two_readings_under_way_at_once_the_later_asked_carried_older_sizes_and_overruled_the_other(
    lab: Any,
) -> None:
    most = lab.most(2)
    desk = lab.start(most)
    desk.sync(MNQ=5)
    (reduce,) = desk.commands
    desk.answer(reduce)
    asked, later = desk.now, Instant(desk.now + SECOND)
    desk.wait(2)
    newest = SnapshotTaken(
        desk.now, 7, asked, desk.state.status, (desk.position(lab.MNQ, 2),), (), (), Instant(0)
    )
    desk.hear(lambda at: newest)

    older = replace(newest, asked_at=later, positions=(desk.position(lab.MNQ, 5),))
    desk.hear(lambda at: older)

    assert desk.state.size(lab.MNQ) == 2
    assert desk.commands == [reduce]
    desk.wait(2)
    assert isinstance(desk.commands[-1], TakeSnapshot), (
        "it may have been the newer one: the venue is read again"
    )
