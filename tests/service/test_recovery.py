"""From the store back to the state, by snapshot and replay."""

import runpy
from pathlib import Path

from engine.events import (
    QuoteSeen,
)
from engine.instruments import Instrument
from engine.state import State
from engine.units import PRICE_SCALE, SCALE, SECOND, Instant, Money, Price
from engine.venue import Quote
from service.store import reading
from service.store.recovery import recover

MNQ = "CON.F.US.MNQ.Z26"
START = Instant(1_794_927_600 * SECOND)
LISTED = (Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(PRICE_SCALE // 4), Money(SCALE // 2)),)

BENCH = runpy.run_path(str(Path(__file__).with_name("loop_bench.py")))
Bench, position = BENCH["Bench"], BENCH["position"]


def test_a_replay_of_the_journal_gives_the_same_state_and_the_same_decisions(bench: Bench) -> None:
    bench.upkeep.snapshot(bench.clock.now())
    for size in (1, 2, 3, 0, 1):
        bench.hold(1, size)
        bench.hear(QuoteSeen(START, Quote(MNQ, Price(1), Price(2), None, START)))

    back = bench.recovered()

    assert back.state == bench.accounts[1].state
    assert back.notes == ()
    assert back.replayed == 10
    assert len(bench.accounts[1].state.locks) == 1


def test_an_account_that_has_no_snapshot_yet_gets_its_locks_back(bench: Bench) -> None:
    bench.hold(1, 3)

    back = bench.recovered()

    assert back.state is not None
    assert back.state.locks == bench.accounts[1].state.locks


def test_a_lock_that_the_replay_lost_is_put_back(bench: Bench) -> None:
    bench.hold(1, 3)
    bench.upkeep.snapshot(bench.clock.now())
    bench.store.connection.execute("UPDATE snapshots SET state = replace(state, '\"locks\"', '\"quiet\"')")
    bench.store.connection.execute("DELETE FROM snapshots")
    bench.store.snapshot(State(1))

    back = bench.recovered()

    assert back.state is not None
    assert back.state.locks == bench.accounts[1].state.locks
    assert "put back" in back.notes[0]


def test_a_snapshot_that_cannot_be_read_costs_counters_but_no_lock(bench: Bench) -> None:
    bench.hold(1, 3)
    bench.upkeep.snapshot(bench.clock.now())
    bench.store.connection.execute("UPDATE snapshots SET state = '{\"nonsense\": 1}'")

    back = bench.recovered()

    assert back.state is not None
    assert back.state.locks == bench.accounts[1].state.locks
    assert "cannot be read" in back.notes[0]


def test_locks_that_cannot_be_read_are_reported_as_lost(bench: Bench) -> None:
    bench.hold(1, 3)
    bench.store.connection.execute("UPDATE locks SET lock = '[]'")

    assert "its stored locks cannot be read" in bench.recovered().lost


def test_a_decision_that_the_replay_does_not_give_again_is_noted(bench: Bench) -> None:
    bench.upkeep.snapshot(bench.clock.now())
    bench.hold(1, 3)
    bench.store.connection.execute(
        "UPDATE decisions SET decision = replace(decision, 'You hold', 'They hold')"
    )

    assert "does not give the decisions" in bench.recovered().notes[0]


def test_rules_that_cannot_be_compiled_any_more_stop_the_replay_and_keep_the_locks(bench: Bench) -> None:
    bench.upkeep.snapshot(bench.clock.now())
    bench.hold(1, 3)

    back = recover(bench.store.connection, 1, "main", lambda _digest: None)

    assert back.state is not None
    assert back.state.locks == bench.accounts[1].state.locks
    assert "cannot be compiled any more" in back.notes[0]


def test_upkeep_takes_a_snapshot_in_a_quiet_moment_and_a_backup_once_a_day(bench: Bench) -> None:
    bench.hold(1, 1)
    bench.loop.once()
    assert [seq for seq, _ in reading.snapshots(bench.store.connection, 1)] == [bench.store.seq]

    bench.upkeep.finish()
    assert [path.name for path in (bench.folder / "backups").iterdir()] == ["state-2026-11-17.sqlite"]
    assert reading.last_seen(bench.store.connection) == bench.clock.now()


def test_quotes_that_never_cease_do_not_keep_a_snapshot_away(bench: Bench) -> None:
    bench.hold(1, 1)
    bench.inbox.put(QuoteSeen(START, Quote(MNQ, Price(1), Price(2), None, START)), "main")
    bench.inbox.put(QuoteSeen(START, Quote("OTHER", Price(1), Price(2), None, START)), "main")

    bench.loop.once()

    assert [seq for seq, _ in reading.snapshots(bench.store.connection, 1)] == [bench.store.seq]
