"""Mistakes around a store that fails, and a death before the first snapshot, that seeded worlds found."""

import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

from engine.events import ClockTick, GuardStarted, InstrumentsSeen, LockRequested, QuoteSeen, RulesArmed
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.units import HOUR, MINUTE, SECOND, Instant, Price
from engine.venue import Quote
from service.store.proof import prove, prove_recent
from service.store.rows import Stepped
from service.store.store import Store

BENCH = runpy.run_path(str(Path(__file__).with_name("loop_bench.py")))
Bench, START, MNQ = BENCH["Bench"], BENCH["START"], BENCH["MNQ"]


def test_a_quote_ended_the_alarm_of_a_failing_disk_because_it_was_not_written_at_all(bench: Bench) -> None:
    bench.hold(1, 1)
    with closing(sqlite3.connect(bench.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        bench.hold(1, 0)

        bench.hear(QuoteSeen(START, Quote(MNQ, Price(1), Price(2), None, START)))

        assert bench.alarms.has("store_failed")


def test_a_replay_decided_otherwise_because_locks_were_kept_behind_the_engines_back(bench: Bench) -> None:
    bench.upkeep.snapshot(bench.clock.now())
    bench.hear(LockRequested(START, 1, None, Instant(START + MINUTE), "alice"))
    with closing(sqlite3.connect(bench.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        bench.hold(1, 1)
        bench.boot = 2 * MINUTE
        bench.hear(ClockTick(START), "")
    bench.boot += 2 * SECOND
    bench.hold(1, 0)

    back = bench.recovered()

    assert back.notes == ()
    assert back.state == bench.accounts[1].state


def test_a_death_before_the_first_snapshot_lost_the_request_that_was_under_way(
    tmp_path: Path, rules: RuleSet
) -> None:
    bench = Bench(tmp_path / "fresh", rules, names=("alice",))
    bench.hear(GuardStarted(START, 1, None), "")
    bench.hear(RulesArmed(START, 1, rules.digest), "")
    bench.hear(InstrumentsSeen(START, BENCH["LISTED"]))
    bench.hear(BENCH["snapshot"](1, bench.clock.now()))
    bench.hold(1, 3)
    assert bench.sent

    back = bench.recovered()

    assert back.notes == ()
    assert back.state is not None
    assert back.state.in_flight == bench.accounts[1].state.in_flight != {}
    assert back.state.enforcements == bench.accounts[1].state.enforcements
    bench.store.close()


def test_a_leap_of_time_looked_like_a_clock_that_was_turned_back(tmp_path: Path) -> None:
    """After a night without a guard time leaps when the venue is heard; a kill right then locked every account."""
    store = Store(tmp_path / "state.sqlite")
    store.remember("last_seen", str(START))
    store.note(START, "start", "{}")
    store.step("main", ClockTick(Instant(START + HOUR)), [Stepped(1, Outcome())])
    store.note(Instant(START + HOUR), "host_clock", "host +1 s")

    with closing(
        sqlite3.connect(tmp_path / "state.sqlite")
    ) as other:  # what a proof, or the next start, finds
        assert prove(other).damages == ()
        assert prove_recent(other, None).damages == ()
    store.close()
