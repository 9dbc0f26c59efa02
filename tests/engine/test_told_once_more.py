"""A position that the stream tells once more: an old message, or news."""

from dataclasses import replace
from typing import Any

from engine.commands import ReducePosition
from engine.events import PositionSeen, SnapshotTaken
from engine.sizes_told import least_held
from engine.units import Price
from engine.venue import Side


def holding(lab: Any, size: int) -> Any:
    """Return a desk that may hold two, and that holds so many by fills and by the venue's own view."""
    desk = lab.start(lab.most(2))
    desk.hold(lab.MNQ, size)
    desk.wait(1)
    desk.sync(MNQ=size)
    desk.wait(1)
    return desk


def reduced(desk: Any) -> list[int]:
    return [command.size for command in desk.commands if isinstance(command, ReducePosition)]


def test_a_position_told_once_more_after_what_took_from_it_is_old_however_long_nobody_can_read(
    lab: Any,
) -> None:
    desk = holding(lab, 5)
    assert reduced(desk) == [3]
    old = desk.state.positions[lab.MNQ]
    desk.fill(lab.MNQ, Side.SELL, 3)  # the position that goes with it gets lost
    desk.wait(3)

    desk.hear(lambda at: PositionSeen(at, desk.state.account, old))  # it was on its way since before the fill
    for _ in range(12):
        desk.wait(1)

    assert least_held(desk.state, lab.MNQ) == 2
    assert reduced(desk) == [3]


def test_a_position_told_with_another_price_after_what_took_from_it_is_news(lab: Any) -> None:
    desk = holding(lab, 2)
    desk.fill(lab.MNQ, Side.SELL, 1)
    desk.wait(3)

    before = desk.state.positions[lab.MNQ]
    # What was sold was bought again, and that fill got lost.
    news = replace(before, average_price=Price(before.average_price + 1_000_000_000))
    desk.hear(lambda at: PositionSeen(at, desk.state.account, news))
    heard = desk.now
    for _ in range(5):
        desk.wait(1)

    assert desk.state.heard[lab.MNQ] == heard
    assert least_held(desk.state, lab.MNQ) == 2


def test_a_position_told_once_more_wins_over_a_reading_asked_for_before_it_all_the_same(lab: Any) -> None:
    desk = holding(lab, 2)
    told = desk.state.positions[lab.MNQ]
    desk.wait(2)
    asked_at = desk.now  # two more were bought, and nothing told of it
    desk.fill(lab.MNQ, Side.SELL, 2)

    desk.hear(lambda at: PositionSeen(at, desk.state.account, told))
    four = (desk.position(lab.MNQ, 4),)
    desk.hear(lambda at: SnapshotTaken(at, desk.state.account, asked_at, desk.state.status, four, (), (), at))

    assert desk.state.size(lab.MNQ) == 2
    assert not reduced(desk)


def test_where_fills_agree_a_position_told_once_more_is_no_old_one(lab: Any) -> None:
    desk = lab.start(lab.most(2))
    desk.told(lab.MNQ, 1)
    desk.fill(lab.MNQ, Side.BUY, 1)  # its fill comes after it
    filled = desk.state.just_filled[lab.MNQ]
    desk.wait(1)

    desk.hear(lambda at: PositionSeen(at, desk.state.account, desk.state.positions[lab.MNQ]))

    assert desk.state.just_filled[lab.MNQ] == filled


def test_only_the_fills_since_a_position_was_told_lead_away_from_it_once_more(lab: Any) -> None:
    desk = holding(lab, 2)
    desk.fill(lab.MNQ, Side.SELL, 1)
    first = desk.now
    desk.wait(0.2)
    before = desk.state.positions[lab.MNQ]
    news = replace(before, average_price=Price(before.average_price + 1_000_000_000))
    desk.hear(lambda at: PositionSeen(at, desk.state.account, news))  # two again: it shows the first fill
    desk.wait(0.2)
    desk.fill(lab.MNQ, Side.SELL, 1)
    desk.wait(0.2)

    desk.hear(lambda at: PositionSeen(at, desk.state.account, news))

    assert [heard.at for heard in desk.state.just_filled[lab.MNQ]] == [first, desk.now]


def test_a_position_that_no_fill_explains_may_be_told_twice(lab: Any) -> None:
    desk = lab.start(lab.most(2))
    desk.told(lab.MNQ, 2)

    desk.hear(lambda at: PositionSeen(at, desk.state.account, desk.state.positions[lab.MNQ]))

    assert desk.state.size(lab.MNQ) == 2
    assert lab.MNQ not in desk.state.just_filled
