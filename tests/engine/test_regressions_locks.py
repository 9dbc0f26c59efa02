"""Mistakes about locks that were made once."""

from typing import Any

from engine.actions import LockEntries
from engine.venue import Side


def second_entry_locks(lab: Any) -> Any:
    return lab.rule(
        "often",
        lambda facts: len(facts.view.state.book.entries) >= 2,
        lambda facts: (LockEntries("account", "manual"),),
        reads=lab.fills,
    )


def test_a_lock_closed_the_very_entry_that_brought_it_about(lab: Any) -> None:
    desk = lab.start(second_entry_locks(lab))
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.hold(lab.MNQ, 1)

    desk.fill(lab.ES, Side.BUY, 1)
    desk.hold(lab.ES, 1)
    assert desk.commands == []

    desk.fill(lab.ES, Side.BUY, 1)
    desk.hold(lab.ES, 2)
    assert [(command.contract, command.size) for command in desk.commands] == [(lab.ES, 1)]
