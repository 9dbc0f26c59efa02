"""What once went wrong, found by `risk check` against the rehearsals: turning a position around under a lock."""

from typing import Any

from engine.actions import LockEntries
from engine.commands import ClosePosition
from engine.venue import Side


def test_a_flip_was_closed_by_the_lock_that_its_own_closing_half_brought_about(lab: Any) -> None:
    after_a_loss = lab.rule(
        "after_a_loss",
        lambda f: any(trade.pnl < 0 for trade in f.view.state.book.trades),
        lambda f: (LockEntries("account", "manual"),),
        reads=lab.fills,
        streams=frozenset({"trades"}),
    )
    desk = lab.start(after_a_loss)
    desk.fill(lab.MNQ, Side.BUY, 2)
    desk.hold(lab.MNQ, 2)

    desk.fill(lab.MNQ, Side.SELL, 4, pnl=-7)
    desk.hold(lab.MNQ, -2)
    desk.wait(5)

    (lock,) = desk.state.locks.values()
    assert dict(lock.caps) == {lab.MNQ: -2}
    assert [command for command in desk.commands if not isinstance(command, lab.look)] == []


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
