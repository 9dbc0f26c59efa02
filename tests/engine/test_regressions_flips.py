"""What once went wrong, found by `risk check` against the rehearsals: turning a position around under a lock."""

from typing import Any

from engine.actions import LockEntries
from engine.commands import ClosePosition
from engine.venue import Side


def flipped(lab: Any, condition: Any, stream: str) -> Any:
    """Return a desk that was long two and sold four in one trade row; the rule locks entries at that moment."""
    locks = lab.rule(
        "locks",
        condition,
        lambda f: (LockEntries("account", "manual"),),
        reads=lab.fills,
        streams=frozenset({stream}),
    )
    desk = lab.start(locks)
    desk.fill(lab.MNQ, Side.BUY, 2)
    desk.hold(lab.MNQ, 2)
    desk.fill(lab.MNQ, Side.SELL, 4, pnl=-7)
    assert len(desk.state.locks) == 1
    assert desk.commands == [], "which size is meant shows with the position"
    desk.hold(lab.MNQ, -2)
    desk.wait(5)
    return desk


def closed(desk: Any) -> list[str]:
    return [command.contract for command in desk.commands if isinstance(command, ClosePosition)]


def test_a_flip_was_closed_by_the_lock_that_it_brought_about_itself_as_an_entry(lab: Any) -> None:
    desk = flipped(lab, lambda f: len(f.view.state.book.entries) >= 2, "entries")

    (lock,) = desk.state.locks.values()
    assert dict(lock.caps) == {lab.MNQ: -2}
    assert closed(desk) == []


def test_the_other_half_of_a_flip_comes_after_the_loss_of_the_first(lab: Any) -> None:
    desk = flipped(lab, lambda f: any(trade.pnl < 0 for trade in f.view.state.book.trades), "trades")

    assert closed(desk) == [lab.MNQ]


def test_a_flip_after_the_lock_is_closed_once_its_position_is_told(lab: Any) -> None:
    locked = lab.rule(
        "pause", lambda f: f.account.gross_contracts > 0, lambda f: (LockEntries("account", "manual"),)
    )
    desk = lab.start(locked)
    desk.fill(lab.MNQ, Side.BUY, 2)
    desk.hold(lab.MNQ, 2)

    desk.fill(lab.MNQ, Side.SELL, 3, pnl=7)
    assert desk.commands == []
    desk.hold(lab.MNQ, -1)

    (command,) = desk.commands
    assert command == ClosePosition(command.id, command.enforcement, lab.MNQ)
