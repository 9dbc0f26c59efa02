"""After the proof the venue is read again, twice: what looked done may not have been."""

from typing import Any

from engine.actions import Flatten
from engine.commands import TakeSnapshot
from engine.events import Answer, CommandAnswered, CommandSent
from engine.units import SECOND


def flatten(lab: Any) -> Any:
    return lab.rule(
        "stop", lambda facts: facts.account.gross_contracts > 0, lambda facts: (Flatten("account"),)
    )


def looks(desk: Any) -> int:
    return sum(isinstance(command, TakeSnapshot) for command in desk.commands)


def closed(lab: Any) -> Any:
    desk = lab.start(flatten(lab))
    desk.wait(10)  # the last complete view is old enough for a fresh one
    desk.hold(lab.MNQ, 2)
    desk.answer(desk.commands[-1])
    desk.wait(0.2)
    desk.hold(lab.MNQ, 0)
    return desk


def test_the_venue_is_read_again_two_and_thirty_seconds_after_the_proof(lab: Any) -> None:
    desk = closed(lab)
    assert desk.state.looks == (desk.now + 2 * SECOND, desk.now + 30 * SECOND)

    desk.wait(2.1)
    assert looks(desk) == 1
    desk.sync()
    desk.wait(27.7)
    assert looks(desk) == 1
    desk.wait(0.3)
    assert looks(desk) == 2


def test_each_of_the_four_times_is_stored_once_and_in_order(lab: Any) -> None:
    desk = lab.start(flatten(lab))
    desk.hold(lab.MNQ, 2)
    detected, command = desk.now, desk.commands[-1]
    desk.wait(0.1)
    desk.hear(lambda at: CommandSent(at, desk.state.account, command.id))
    sent = desk.now
    desk.wait(0.1)
    desk.hear(lambda at: CommandAnswered(at, desk.state.account, command.id, Answer.ACCEPTED))
    acked = desk.now
    desk.wait(0.1)
    desk.hold(lab.MNQ, 0)

    (record,) = desk.state.enforcements.values()
    assert (record.detected_at, record.sent_at, record.acked_at, record.proven_at) == (
        detected,
        sent,
        acked,
        desk.now,
    )
    assert detected < sent < acked < desk.now
