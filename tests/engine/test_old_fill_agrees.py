"""A fill that comes late and is old: fills and position may tell the same size only by chance."""

from typing import Any

from engine.commands import ReducePosition, TakeSnapshot
from engine.sizes_told import least_held
from engine.units import SECOND
from engine.venue import Side


def short_of_three(lab: Any, most: int = 9, apart: float = 1.0) -> Any:
    """Return a desk that is told to be three short, as its one fill says; two more fills got lost and make up for it."""
    desk = lab.start(lab.most(most))
    desk.lost = {"id": 900, "executed_at": desk.now}  # one was sold right before
    desk.fill(lab.MNQ, Side.SELL, 3, id=901)
    desk.wait(apart)
    desk.told(lab.MNQ, -3)  # one was bought again
    return desk


def reduced(desk: Any) -> list[int]:
    return [command.size for command in desk.commands if isinstance(command, ReducePosition)]


def test_an_old_fill_that_comes_late_does_not_undo_what_a_reduction_took(lab: Any) -> None:
    desk = short_of_three(lab, most=2)
    assert reduced(desk) == [1]
    desk.fill(lab.MNQ, Side.BUY, 1, order=77)  # ours; the position that goes with it gets lost
    desk.wait(0.3)

    desk.fill(lab.MNQ, Side.SELL, 1, **desk.lost)
    for _ in range(5):
        desk.wait(0.1)

    assert least_held(desk.state, lab.MNQ) == 2
    assert reduced(desk) == [1]


def test_of_fills_of_one_instant_the_number_tells_which_came_first(lab: Any) -> None:
    desk = short_of_three(lab)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.fill(lab.MNQ, Side.SELL, 1, **{**desk.lost, "id": 902})

    assert least_held(desk.state, lab.MNQ) == 3


def test_a_reading_tells_what_is_held_as_soon_as_it_must_show_the_fill_in_between(lab: Any) -> None:
    desk = short_of_three(lab)
    desk.wait(0.3)  # a reading that is due anyway
    desk.fill(lab.MNQ, Side.BUY, 1)
    filled = desk.now
    desk.commands.clear()
    desk.fill(lab.MNQ, Side.SELL, 1, **desk.lost)
    while not (asked := [one for one in desk.commands if isinstance(one, TakeSnapshot)]):
        desk.wait(0.1)

    assert asked
    assert desk.now == filled + SECOND
    desk.sync(MNQ=-2)
    assert desk.state.size(lab.MNQ) == desk.state.by_fills[lab.MNQ] == -2
    assert lab.MNQ not in desk.state.just_filled


def test_a_new_fill_leads_back_to_what_is_told(lab: Any) -> None:
    desk = short_of_three(lab)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.fill(lab.MNQ, Side.SELL, 1)

    assert least_held(desk.state, lab.MNQ) == 3


def test_an_old_fill_alone_leads_to_what_is_told(lab: Any) -> None:
    desk = lab.start(lab.most(9))
    lost = {"id": 900, "executed_at": desk.now}
    desk.fill(lab.MNQ, Side.SELL, 3, id=901)
    desk.wait(1)
    desk.told(lab.MNQ, -4)

    desk.fill(lab.MNQ, Side.SELL, 1, **lost)

    assert least_held(desk.state, lab.MNQ) == 4


def test_a_fill_told_right_after_its_position_leads_to_it(lab: Any) -> None:
    desk = lab.start(lab.most(9))
    desk.fill(lab.MNQ, Side.SELL, 3)
    desk.wait(1)
    desk.told(lab.MNQ, -2)

    desk.fill(lab.MNQ, Side.BUY, 1)

    assert least_held(desk.state, lab.MNQ) == 2


def test_a_fill_known_only_just_before_a_position_was_told_may_not_be_in_it(lab: Any) -> None:
    desk = short_of_three(lab, apart=0.05)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.fill(lab.MNQ, Side.SELL, 1, **desk.lost)

    assert not desk.state.just_filled[lab.MNQ][-1].is_old
    assert least_held(desk.state, lab.MNQ) == 3


def test_an_old_fill_adds_nothing_to_what_was_told_after_it(lab: Any) -> None:
    desk = short_of_three(lab)
    desk.fill(lab.MNQ, Side.BUY, 2)

    desk.fill(lab.MNQ, Side.SELL, 1, **desk.lost)

    assert desk.state.just_filled[lab.MNQ][-1].is_old
    assert least_held(desk.state, lab.MNQ) == 1
