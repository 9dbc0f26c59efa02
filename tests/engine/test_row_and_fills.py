"""Fills and the account's row have to tell the same result: what is left between them, and when it is let go."""

from dataclasses import replace
from typing import Any

from engine.events import AccountSeen, SnapshotTaken
from engine.units import SCALE, SECOND, Instant, Money
from engine.venue import Side


def row(desk: Any, dollars: int) -> None:
    status = replace(desk.state.status, balance=Money(dollars * SCALE))
    desk.hear(lambda at: AccountSeen(at, 7, status))


def closed(lab: Any) -> Any:
    """Return a desk that heard of a loser's closing fill, with $2 of costs, and of the position, not of the row."""
    desk = lab.start(lab.most(9))
    desk.hold(lab.MNQ, 1)
    desk.wait(10)
    desk.sync(MNQ=1)
    desk.wait(1)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-150, costs=2 * SCALE)
    desk.told(lab.MNQ, 0)
    assert desk.state.settling_since is not None
    return desk


def test_a_row_net_of_costs_leaves_nothing_between_them(lab: Any) -> None:
    desk = closed(lab)

    row(desk, 50_000 - 152)

    assert (desk.state.row_gap, desk.state.row_costs, desk.state.settling_since) == (0, 0, None)


def test_a_reading_so_soon_after_the_fill_may_show_the_old_row_and_ends_no_wait(lab: Any) -> None:
    desk = closed(lab)
    asked = Instant(desk.now + SECOND // 10)
    desk.wait(0.3)

    view = SnapshotTaken(desk.now, 7, asked, desk.state.status, (), (), (), asked)
    desk.hear(lambda at: view)

    assert desk.state.settling_since is not None


def test_after_four_seconds_nothing_is_left_that_would_keep_the_next_fill_waiting(lab: Any) -> None:
    desk = closed(lab)

    desk.wait(4.1)

    assert (desk.state.row_gap, desk.state.is_row_due, desk.state.settling_since) == (0, False, None)
