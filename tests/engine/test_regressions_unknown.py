"""Mistakes about what is not known that were made once."""

from typing import Any

from engine.actions import Flatten
from engine.rule import IfUnknown
from engine.units import SCALE


def open_loss(lab: Any) -> Any:
    return lab.rule(
        "open_loss",
        lambda facts: None if facts.account.open_loss is None else facts.account.open_loss >= 300 * SCALE,
        lambda facts: (Flatten("account"),),
        if_unknown=IfUnknown.NO_INCREASE,
    )


def test_the_next_entry_was_reversed_because_the_first_quote_had_not_come_yet(lab: Any) -> None:
    desk = lab.start(open_loss(lab))
    desk.hold(lab.MNQ, 1)
    desk.wait(0.04)
    desk.hold(lab.ES, 1)

    assert (desk.commands, desk.state.locks) == ([], {})


def test_a_quote_that_never_comes_refuses_entries_after_the_time_a_quote_is_fresh(lab: Any) -> None:
    desk = lab.start(open_loss(lab))
    desk.hold(lab.MNQ, 1)

    desk.wait(3)

    assert [lock.rule for lock in desk.state.locks.values()] == ["open_loss"]
