"""A timer for each added part: adding to a naked position neither hides it nor restarts the old timer."""

from typing import Any

from engine.actions import ReduceTo
from engine.rule import RuleScope
from engine.units import SECOND
from engine.venue import OrderKind, Side


def naked(lab: Any) -> Any:
    return lab.rule(
        "naked",
        lambda facts: None if facts.position.uncovered is None else facts.position.uncovered > 0,
        lambda facts: (ReduceTo(facts.position.covered),),
        scope=RuleScope.POSITION,
        hold=lambda facts: 30 * SECOND,
        for_each_scale_in=True,
    )


def test_each_added_part_is_closed_when_its_own_time_is_up(lab: Any) -> None:
    desk = lab.start(naked(lab))
    desk.hold(lab.MNQ, 1)
    desk.wait(20)
    desk.hold(lab.MNQ, 3)
    desk.wait(9.9)
    assert desk.commands == []

    desk.wait(0.1)
    assert [getattr(command, "size", None) for command in desk.commands] == [1]
    desk.answer(desk.commands[0])
    desk.hold(lab.MNQ, 2)
    desk.wait(19)
    sent = [command for command in desk.commands if not isinstance(command, lab.look)]
    assert len(sent) == 1
    desk.sync(MNQ=2)
    desk.wait(1)

    assert isinstance(desk.commands[-1], lab.close)


def test_a_stop_in_time_clears_the_timer(lab: Any) -> None:
    desk = lab.start(naked(lab))
    desk.hold(lab.MNQ, 1)
    desk.wait(20)

    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=3)
    desk.wait(30)

    assert (desk.commands, desk.state.latches, desk.state.parts) == ([], {}, {})
