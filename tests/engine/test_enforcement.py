"""From breach to proof: what is asked of the venue, and when it is believed."""

from dataclasses import replace
from typing import Any

from engine.actions import Close, Flatten, LockEntries, ReduceTo
from engine.enforcement import Progress
from engine.events import Answer, Refusal
from engine.locks import TradingState
from engine.rule import Mode, RuleScope
from engine.units import SCALE, Contracts, Duration
from engine.venue import OrderKind, Side


def max_contracts(lab: Any, limit: int, **more: Any) -> Any:
    most = Contracts(limit * SCALE)
    return lab.rule(
        "max_contracts",
        lambda facts: None if facts.account.gross_contracts is None else facts.account.gross_contracts > most,
        lambda facts: (ReduceTo(most),),
        **more,
    )


def flat_and_locked(lab: Any, name: str = "stop", over: int = 0) -> Any:
    return lab.rule(
        name,
        lambda facts: facts.account.gross_contracts > Contracts(over * SCALE),
        lambda facts: (Flatten("account"), LockEntries("account", "for", Duration(3600 * 1_000_000))),
    )


def test_only_the_excess_is_closed_and_only_once(lab: Any) -> None:
    desk = lab.start(max_contracts(lab, 2))

    desk.hold(lab.MNQ, 5)
    desk.hold(lab.MNQ, 5)
    desk.wait(1)

    assert [(type(c).__name__, getattr(c, "size", None)) for c in desk.commands] == [("ReducePosition", 3)]


def test_the_newest_contracts_go_first(lab: Any) -> None:
    desk = lab.start(max_contracts(lab, 3))
    desk.fill(lab.ES, Side.BUY, 2)
    desk.hold(lab.ES, 2)
    desk.wait(10)
    desk.fill(lab.MNQ, Side.BUY, 2)

    desk.hold(lab.MNQ, 2)

    assert [(c.contract, c.size) for c in desk.commands] == [(lab.MNQ, 1)]


def test_it_is_proven_by_the_venues_view_not_by_the_answer(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    (close,) = desk.commands

    desk.answer(close)
    (record,) = desk.state.enforcements.values()
    assert (record.progress, record.acked_at is not None) == (Progress.OPEN, True)

    desk.wait(0.2)
    desk.hold(lab.MNQ, 0)
    (record,) = desk.state.enforcements.values()
    assert record.progress is Progress.PROVEN
    assert record.proven_at == desk.now


def test_three_rules_on_one_event_are_one_flatten_with_all_reasons_the_strictest_first(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab, "one"), flat_and_locked(lab, "two"), max_contracts(lab, 1))

    desk.hold(lab.MNQ, 3)

    (record,) = desk.state.enforcements.values()
    assert [reason.rule for reason in record.reasons] == ["one", "two", "max_contracts"]
    assert [type(command) for command in desk.commands] == [lab.close]


def test_a_new_position_under_a_lock_is_closed_and_counted_as_reentry(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 1)
    desk.answer(desk.commands[-1])
    desk.hold(lab.MNQ, 0)
    desk.wait(60)
    desk.sync()

    desk.hold(lab.ES, -2)

    assert desk.commands[-1] == lab.close(desk.commands[-1].id, desk.commands[-1].enforcement, lab.ES)
    assert desk.state.enforcements[desk.commands[-1].enforcement].is_reentry
    assert "reentry" in desk.kinds()


def test_a_resting_entry_under_a_lock_is_cancelled_and_an_exit_is_not(lab: Any) -> None:
    locked = lab.rule(
        "pause",
        lambda facts: facts.account.gross_contracts > 0,
        lambda facts: (LockEntries("account", "manual"),),
    )
    desk = lab.start(locked)
    desk.hold(lab.MNQ, 2)

    desk.order(lab.MNQ, Side.SELL, 2, kind=OrderKind.STOP, id=1)
    assert desk.commands == []
    desk.order(lab.MNQ, Side.BUY, 1, id=2)
    desk.order(lab.ES, Side.SELL, 1, id=3)

    assert [command.order_id for command in desk.commands] == [2, 3]


def test_what_protected_a_closed_position_is_cancelled_only_after_it_is_flat(lab: Any) -> None:
    closing = lab.rule(
        "take",
        lambda facts: facts.position.quantity >= 2 * SCALE,
        lambda facts: (Close("position"),),
        scope=RuleScope.POSITION,
    )
    desk = lab.start(closing)
    desk.order(lab.MNQ, Side.SELL, 2, kind=OrderKind.STOP, id=11)
    desk.hold(lab.MNQ, 2)
    assert [type(command) for command in desk.commands] == [lab.close]

    desk.answer(desk.commands[0])
    desk.hold(lab.MNQ, 0)

    assert [getattr(command, "order_id", None) for command in desk.commands] == [None, 11]


def test_after_a_reduction_the_stop_shrinks_to_what_is_left(lab: Any) -> None:
    desk = lab.start(max_contracts(lab, 2))
    desk.order(lab.MNQ, Side.SELL, 5, kind=OrderKind.STOP, id=21)
    desk.hold(lab.MNQ, 5)
    desk.answer(desk.commands[0])

    desk.hold(lab.MNQ, 2)

    last = desk.commands[-1]
    assert (last.order_id, last.size) == (21, 2)


def test_an_unknown_outcome_is_read_before_anything_is_asked_again(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    desk.answer(desk.commands[0], Answer.UNKNOWN)

    desk.wait(1)
    assert len(desk.commands) == 1
    desk.wait(3.1)
    assert [type(command) for command in desk.commands] == [lab.close, lab.look]

    desk.sync(MNQ=2)
    assert [type(command) for command in desk.commands] == [lab.close, lab.look, lab.close]


def test_a_refusal_in_the_pause_is_asked_again_later_and_later(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab))
    desk.hold(lab.MNQ, 2)
    desk.state = replace(desk.state, settling_since=None)

    waits = []
    for _ in range(4):
        sent = len(desk.commands)
        desk.answer(desk.commands[-1], Answer.REFUSED, refusal=Refusal.PAUSED, text="halted")
        seconds = 0
        while len(desk.commands) == sent:
            desk.wait(1)
            seconds += 1
        waits.append(seconds)

    assert waits == [1, 4, 8, 16]


def test_a_shadow_rule_decides_and_does_nothing(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab), ceiling=Mode.SHADOW)

    desk.hold(lab.MNQ, 2)

    (decision,) = desk.said[-1].decisions
    assert (decision.kind.value, decision.mode, decision.wants) == (
        "breach",
        "shadow",
        ("flatten account", "lock account"),
    )
    assert (desk.commands, desk.state.locks) == ([], {})


def test_a_flat_only_lock_waits_for_flat_beyond_its_end(lab: Any) -> None:
    desk = lab.start(flat_and_locked(lab, over=1))
    desk.hold(lab.MNQ, 2)
    (lock,) = desk.state.locks.values()
    assert lock.state is TradingState.FLAT_ONLY

    desk.wait(3601)
    assert desk.state.locks
    desk.hold(lab.MNQ, 0)

    assert not desk.state.locks
