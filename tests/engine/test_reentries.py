"""Re-entries under a lock: each is closed, those that come thick and fast after a growing pause."""

from typing import Any

from engine.actions import Flatten, LockEntries
from engine.commands import ClosePosition
from engine.units import SECOND, Duration


def locked(lab: Any) -> Any:
    return lab.start(
        lab.rule(
            "stop",
            lambda f: f.account.gross_contracts > 0,
            lambda f: (Flatten("account"), LockEntries("account", "for", Duration(3600 * SECOND))),
        )
    )


def reenter(desk: Any, lab: Any, contract: str) -> float:
    """Open a position under the lock; return after how many seconds it was asked to be closed."""
    before = len([one for one in desk.commands if isinstance(one, ClosePosition)])
    began = desk.now
    desk.hold(contract, 1)
    while len(closes := [one for one in desk.commands if isinstance(one, ClosePosition)]) == before:
        desk.wait(0.25)
        assert desk.now < began + 60 * SECOND, "never closed"
    took = (desk.now - began) / SECOND
    desk.answer(closes[-1])
    desk.hold(contract, 0)
    if isinstance(desk.commands[-1], lab.look):
        desk.sync()
    return took


def test_the_first_are_closed_at_once_and_the_next_after_a_growing_pause(lab: Any) -> None:
    desk = locked(lab)
    reenter(desk, lab, lab.MNQ)  # the breach itself

    waits = [reenter(desk, lab, lab.MNQ) for _ in range(8)]

    assert waits == [0, 0, 0, 1, 2, 4, 8, 8]
    assert all(record.progress.value == "proven" for record in desk.state.enforcements.values())


def test_another_contract_and_a_quiet_minute_are_closed_at_once(lab: Any) -> None:
    desk = locked(lab)
    for _ in range(5):
        reenter(desk, lab, lab.MNQ)

    assert reenter(desk, lab, lab.ES) == 0
    desk.wait(61)
    if isinstance(desk.commands[-1], lab.look):
        desk.sync()
    assert reenter(desk, lab, lab.MNQ) == 0
