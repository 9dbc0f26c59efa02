"""The helpers around the engine thread: the enforcer, the flood alarm, time watched, fail points."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.topstepx.settings import TimeSource
from engine.commands import CancelOrder, ClosePosition, Command
from engine.events import Answer, ClockTick, CommandAnswered, CommandSent, Event
from engine.units import HOUR, SECOND, Instant
from service.alarms import Alarms
from service.clock import TrustedClock
from service.clock_watch import ClockWatch, SleepWatch
from service.enforcer import Enforcer
from service.fail_points import POINTS, fail_point
from service.inbox import Inbox
from service.pressure import Pressure
from service.store.audit import rows
from service.store.store import Store

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


def test_a_flood_raises_an_alarm_and_ends_with_a_fresh_view_of_everything() -> None:
    inbox, alarms, resyncs = Inbox(), Alarms(lambda: NOON), list[int]()
    pressure = Pressure(inbox, alarms, lambda: resyncs.append(1))
    for number in range(10_000):
        inbox.put(ClockTick(Instant(number)))
    pressure.look()
    assert alarms.has("inbox")
    assert not resyncs

    while inbox.take(0.0) is not None:
        pass
    pressure.look()
    pressure.look()
    pressure.look()
    assert not alarms.has("inbox")
    assert resyncs == [1]


def test_a_thousand_waiting_events_are_an_alarm_without_a_fresh_view() -> None:
    inbox, alarms, resyncs = Inbox(), Alarms(lambda: NOON), list[int]()
    pressure = Pressure(inbox, alarms, lambda: resyncs.append(1))
    for number in range(1_000):
        inbox.put(ClockTick(Instant(number)))
    pressure.look()
    while inbox.take(0.0) is not None:
        pass
    pressure.look()
    pressure.look()

    assert not resyncs
    assert not alarms.has("inbox")


class Times:
    def __init__(self) -> None:
        self.boot, self.host = 0, int(NOON)
        self.clock = TrustedClock(NOON, boot=lambda: self.boot, host=lambda: self.host)
        self.clock.heard(NOON, TimeSource.DATE_HEADER)


def test_a_host_clock_that_is_turned_is_recorded_once_and_its_return_too(tmp_path: Path) -> None:
    times, store = Times(), Store(tmp_path / "state.sqlite")
    watch = ClockWatch(times.clock, store)
    for turn in (0, HOUR, HOUR, 0, 0):
        times.host = NOON + turn
        watch.look()

    assert [(row.kind, row.body) for row in rows(store.connection)] == [
        ("host_clock", "host +3600.0 s"),
        ("host_clock", "host +0.0 s"),
    ]
    store.close()


def test_standing_still_is_recorded_and_everything_is_read_anew(tmp_path: Path) -> None:
    times, store, read = Times(), Store(tmp_path / "state.sqlite"), list[int]()
    watch = SleepWatch(times.clock, store, lambda: read.append(1))
    for pause in (0, 5, 5, 3_600, 5):
        times.boot += pause * SECOND
        watch.look()

    assert read == [1]
    assert "nothing was guarded for 3600 s" in next(rows(store.connection)).body
    store.close()


def test_every_named_fail_point_stands_in_the_code_and_is_off_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("RISK_FAILPOINT", raising=False)
    folder = Path(__file__).resolve().parents[2] / "service"
    text = "".join(path.read_text() for path in folder.rglob("*.py") if path.name != "fail_points.py")

    for point in POINTS:
        fail_point(point)
        assert f'fail_point("{point}")' in text
