"""The enforcer: commands in order where order matters, and nothing held up by what has nothing to do with it."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from engine.commands import CancelOrder, ClosePosition, Command, TakeSnapshot
from engine.events import Answer, CommandAnswered, CommandSent, Event, Refusal
from engine.units import SECOND, Instant
from service.enforcer import Enforcer

NOON = Instant(1_800_000_000 * SECOND)


class Venue:
    """Something that can act: it notes what was asked, and may be slow or broken."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_open = threading.Event()
        self.is_open.set()

    def execute(self, account: int, command: Command) -> CommandAnswered:
        self.is_open.wait(5)
        self.asked.append(command.id)
        if isinstance(command, CancelOrder):
            raise RuntimeError("planted")
        return CommandAnswered(NOON, account, command.id, Answer.ACCEPTED)


def close(number: int) -> Command:
    return ClosePosition(f"C{number}", "E1", "C")


def test_commands_go_out_in_order_once_each_and_their_answers_come_back(
    eventually: Callable[..., Any],
) -> None:
    venue, heard = Venue(), list[Event]()
    enforcer = Enforcer(7, venue, heard.append, lambda: NOON)
    enforcer.start()

    enforcer.hand([close(1), close(2)])
    enforcer.hand([close(3)])

    eventually(lambda: len(heard) == 6, 5)
    assert venue.asked == ["C1", "C2", "C3"]
    assert heard[:2] == [CommandSent(NOON, 7, "C1"), CommandAnswered(NOON, 7, "C1", Answer.ACCEPTED)]
    enforcer.stop()
    enforcer.join(2)


def test_a_mistake_while_asking_is_an_unknown_answer_and_the_next_command_goes_out(
    eventually: Callable[..., Any],
) -> None:
    venue, heard = Venue(), list[Event]()
    enforcer = Enforcer(7, venue, heard.append, lambda: NOON)
    enforcer.start()

    enforcer.hand([CancelOrder("X1", "E1", "C", 5), close(2)])

    eventually(lambda: len(heard) == 4, 5)
    assert heard[1] == CommandAnswered(NOON, 7, "X1", Answer.UNKNOWN, None, "RuntimeError while asking")
    assert venue.asked == ["X1", "C2"]
    enforcer.stop()
    enforcer.join(2)


def test_after_stop_the_request_under_way_is_finished_and_no_other_begun(
    eventually: Callable[..., Any],
) -> None:
    venue, heard = Venue(), list[Event]()
    enforcer = Enforcer(7, venue, heard.append, lambda: NOON)
    enforcer.start()
    venue.is_open.clear()
    enforcer.hand([close(1), close(2)])
    eventually(lambda: heard, 5)

    enforcer.stop()
    venue.is_open.set()
    enforcer.join(2)

    assert venue.asked == ["C1"]
    assert len(heard) == 2


def test_a_reading_that_hangs_holds_up_no_close_and_one_contract_no_other(
    eventually: Callable[..., Any],
) -> None:
    hangs, heard = threading.Event(), list[Event]()

    class Slow(Venue):
        def execute(self, account: int, command: Command) -> CommandAnswered:
            if command.id in ("R1", "A1"):
                hangs.wait(10)
            return super().execute(account, command)

    venue = Slow()
    enforcer = Enforcer(7, venue, heard.append, lambda: NOON)
    enforcer.start()
    enforcer.hand([TakeSnapshot("R1", "", NOON), ClosePosition("A1", "E1", "A")])
    eventually(lambda: len(heard) == 2, 5)

    enforcer.hand([ClosePosition("A2", "E1", "A"), ClosePosition("B1", "E1", "B")])

    eventually(lambda: len(heard) == 4, 5)
    assert venue.asked == ["B1"], (
        "the other contract is closed at once; one contract's requests stay in order"
    )
    hangs.set()
    eventually(lambda: len(heard) == 8, 5)
    assert venue.asked[-1] == "A2" or venue.asked.index("A1") < venue.asked.index("A2")
    enforcer.stop()
    enforcer.join(2)


def test_what_waited_too_long_behind_another_request_is_not_sent_and_told_so(
    eventually: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.enforcer.STALE_AFTER", 0.05)
    venue, heard = Venue(), list[Event]()
    venue.is_open.clear()
    enforcer = Enforcer(7, venue, heard.append, lambda: NOON)
    enforcer.start()

    enforcer.hand([close(1), close(2)])
    time.sleep(0.2)
    venue.is_open.set()

    eventually(lambda: len(heard) == 3, 5)
    assert venue.asked == ["C1"]
    refused = heard[2]
    assert isinstance(refused, CommandAnswered)
    assert (refused.command, refused.answer, refused.refusal) == ("C2", Answer.REFUSED, Refusal.STALE)
    assert refused.text.startswith("not sent: it waited 0.2 s behind")
    enforcer.stop()
    enforcer.join(2)
