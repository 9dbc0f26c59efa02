"""What once went wrong, found by the tests of the whole: whose reasons an enforcement names."""

from dataclasses import replace
from typing import Any

from engine.actions import Flatten, LockEntries, MoveStop
from engine.rule import RuleScope
from engine.units import PRICE_SCALE, SCALE, Duration, Price
from engine.venue import OrderKind, Side


def test_a_size_that_grew_under_a_pause_was_taken_off_again_without_a_reason_or_a_reentry(lab: Any) -> None:
    desk = lab.start(
        lab.rule(
            "pause", lambda f: f.account.gross_contracts > 0, lambda f: (LockEntries("account", "manual"),)
        )
    )
    desk.hold(lab.MNQ, 3)

    desk.hold(lab.MNQ, 4)

    (record,) = desk.state.enforcements.values()
    assert [reason.rule for reason in record.reasons] == ["pause"]
    assert record.is_reentry
    assert "reentry" in [decision.kind.value for outcome in desk.said for decision in outcome.decisions]


def test_of_two_rules_broken_together_the_record_named_only_the_stricter(lab: Any) -> None:
    most = lab.most(2)
    none = lab.rule(
        "none",
        lambda f: f.account.gross_contracts > 3 * SCALE,
        lambda f: (Flatten("account"), LockEntries("account", "for", Duration(60_000_000))),
    )
    desk = lab.start(most, none)

    desk.hold(lab.MNQ, 6)

    (record,) = desk.state.enforcements.values()
    assert [reason.rule for reason in record.reasons] == ["none", "most"]
    assert record.targets == {lab.MNQ: 0}


def test_the_message_about_a_moved_stop_did_not_name_its_price(lab: Any) -> None:
    tight = lab.rule(
        "tight",
        lambda f: f.position.quantity != 0,
        lambda f: (MoveStop(Price(20_000 * PRICE_SCALE)),),
        scope=RuleScope.POSITION,
    )
    desk = lab.start(replace(tight, message=lambda facts, context: f"moved to {context.stop}"))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=Price(19_990 * PRICE_SCALE))

    desk.hold(lab.MNQ, 1)
    desk.quote(lab.MNQ, 20_010)

    told = [decision for outcome in desk.said for decision in outcome.decisions]
    assert {decision.kind.value for decision in told} >= {"breach", "stop"}
    assert {decision.message for decision in told if decision.rule == "tight"} == {"moved to 20000"}
