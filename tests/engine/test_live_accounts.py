"""A live account is watched and warned, never traded, until a person wrote down that it may be."""

from dataclasses import replace
from typing import Any

from engine.actions import Flatten
from engine.events import AccountSeen
from engine.units import SCALE, Money
from engine.venue import AccountStatus


def desk_of_a_live_account(lab: Any, *, may_act: bool) -> Any:
    flat = lab.rule(
        "flat", lambda facts: facts.account.gross_contracts > 0, lambda facts: (Flatten("account"),)
    )
    desk = lab.start(flat)
    desk.rules = replace(desk.rules, may_act_live=may_act)
    live = AccountStatus("live", Money(SCALE), can_trade=True, simulated=False)
    desk.hear(lambda at: AccountSeen(at, 7, live))
    return desk


def test_a_live_account_is_only_warned(lab: Any) -> None:
    desk = desk_of_a_live_account(lab, may_act=False)

    desk.hold(lab.MNQ, 2)

    assert [(decision.kind.value, decision.mode) for decision in desk.said[-1].decisions] == [
        ("breach", "warn")
    ]
    assert desk.commands == []


def test_a_live_account_is_enforced_once_a_person_allowed_it(lab: Any) -> None:
    desk = desk_of_a_live_account(lab, may_act=True)

    desk.hold(lab.MNQ, 2)

    assert [type(command) for command in desk.commands] == [lab.close]
