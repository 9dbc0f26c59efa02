"""What goes on while the store cannot be written, in virtual time: the alarm each minute, tightening, no loosening."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from engine.units import MINUTE, SECOND

BEAT = 5 * SECOND


@contextmanager
def held_by_another(bench: Any) -> Iterator[None]:
    with closing(sqlite3.connect(bench.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def minutes_pass(bench: Any, minutes: int) -> None:
    for _ in range(minutes * MINUTE // BEAT):
        bench.boot += BEAT
        bench.upkeep.look(bench.clock.now(), is_busy=False)


def test_the_alarm_is_told_again_each_minute_and_its_end_once(
    bench: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "risk.alarm")
    with held_by_another(bench):
        minutes_pass(bench, 10)
        told = [one for one in caplog.messages if one.startswith("store_failed: ")]
        assert len(told) == 10
        assert "free some space or mend the disk" in told[-1]
        assert bench.alarms.has("store_failed")

    minutes_pass(bench, 1)

    assert not bench.alarms.has("store_failed")
    assert caplog.messages.count("store_failed is over") == 1


def test_a_lock_that_was_lifted_over_the_phone_comes_back_also_while_the_disk_fails(phone: Any) -> None:
    step, bench = phone.step, phone.step.bench
    bench.upkeep.also_look(step.doors.bring_back)
    assert phone.redeem(phone.code(phone.challenge()))["ok"]
    assert not step.states()[1].locks

    with held_by_another(bench):
        bench.boot += 31 * MINUTE
        step.house.on_engine(lambda: bench.upkeep.look(bench.clock.now(), is_busy=False))

        (again,) = step.states()[1].locks.values()
        assert again.end.at == phone.until


def test_looks_go_on_while_the_disk_fails_and_what_may_loosen_waits(bench: Any) -> None:
    seen: list[str] = []
    bench.upkeep.also_look(lambda: bench.store.note(bench.clock.now(), "gap", "one look wants to write"))
    bench.upkeep.also_look(lambda: seen.append("look"))
    bench.upkeep.also_change(lambda: seen.append("change"))

    with held_by_another(bench):
        minutes_pass(bench, 1)
        assert set(seen) == {"look"}
        assert len(seen) == MINUTE // BEAT

    seen.clear()
    minutes_pass(bench, 1)
    assert set(seen) == {"look", "change"}
