"""What once went wrong: turning a position around under a lock, and which contracts are the newest."""

from typing import Any

from engine.actions import LockEntries
from engine.commands import ClosePosition
from engine.events import Answer, CommandSent
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
    desk.told(lab.MNQ, 2)
    desk.fill(lab.MNQ, Side.SELL, 4, pnl=-7)
    assert len(desk.state.locks) == 1
    assert desk.commands == [], "which size is meant shows with the position"
    desk.told(lab.MNQ, -2)
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
    desk.told(lab.MNQ, 2)

    desk.fill(lab.MNQ, Side.SELL, 3, pnl=7)
    assert desk.commands == []
    desk.told(lab.MNQ, -1)

    (command,) = desk.commands
    assert command == ClosePosition(command.id, command.enforcement, lab.MNQ)


def test_while_the_newest_contracts_hang_elsewhere_older_ones_were_closed_one_by_one(lab: Any) -> None:
    """What a reduction took off were the oldest lots; the newest was still there, and had to go again and again."""
    most = lab.most(4)
    desk = lab.start(most)
    desk.fill(lab.MNQ, Side.BUY, 3)
    desk.told(lab.MNQ, 3)
    desk.wait(1)
    desk.fill(lab.ES, Side.BUY, 3)
    desk.told(lab.ES, 3)
    desk.answer(
        desk.commands[-1], Answer.UNKNOWN
    )  # two of ES: nobody knows for four seconds what became of it
    desk.wait(1)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.told(lab.MNQ, 4)
    reduce = desk.commands[-1]
    assert (reduce.contract, reduce.size) == (lab.MNQ, 1)

    desk.hear(lambda at: CommandSent(at, 7, reduce.id))
    desk.answer(reduce)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0)
    desk.told(lab.MNQ, 3)
    desk.wait(0.5)

    assert desk.commands[-1] is reduce, "the three of MNQ are the oldest and stay"
