"""The helpers around the engine thread: the flood alarm, time watched, fail points."""

from pathlib import Path

import pytest

from connectors.topstepx.settings import TimeSource
from engine.events import ClockTick
from engine.units import HOUR, SECOND, Instant
from service.alarms import Alarms
from service.clock import TrustedClock
from service.clock_watch import ClockWatch, SleepWatch
from service.fail_points import POINTS, fail_point
from service.inbox import Inbox
from service.pressure import Pressure
from service.store.audit import rows
from service.store.store import Store

NOON = Instant(1_800_000_000 * SECOND)


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
