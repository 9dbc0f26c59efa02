"""Mistakes about what is not known that were made once."""

from typing import Any

from engine.actions import Flatten
from engine.rule import IfUnknown
from engine.units import PRICE_SCALE, SCALE, Price
from engine.venue import OrderKind, Side


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


def worst_case(lab: Any) -> Any:
    def when(facts: Any) -> bool | None:
        lost = facts.account.open_loss
        lost = facts.account.stopped_out_loss if lost is None else lost
        return None if lost is None else lost >= 300 * SCALE

    return lab.rule("worst_case", when, lambda facts: (Flatten("account"),), if_unknown=IfUnknown.NO_INCREASE)


def enter_with_a_wide_stop(lab: Any) -> Any:
    desk = lab.start(worst_case(lab))
    desk.hold(lab.ES, 2)
    desk.order(lab.ES, Side.SELL, 2, kind=OrderKind.STOP, stop_price=Price(19_986 * PRICE_SCALE))
    return desk


def test_an_entry_with_a_wide_stop_was_closed_before_its_first_quote_could_come(lab: Any) -> None:
    desk = enter_with_a_wide_stop(lab)
    desk.wait(0.04)
    desk.quote(lab.ES, 20_000)

    assert (desk.commands, desk.state.locks) == ([], {})


def test_a_first_quote_that_never_comes_makes_the_stop_the_worst_case(lab: Any) -> None:
    desk = enter_with_a_wide_stop(lab)

    desk.wait(3)

    assert [type(command) for command in desk.commands] == [lab.close]
