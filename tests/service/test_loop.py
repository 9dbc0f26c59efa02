"""The engine thread: order of storing and sending, one account's trouble, a disk that fails."""

import runpy
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from engine.commands import ClosePosition
from engine.events import (
    ClockTick,
    InstrumentsSeen,
    LockRequested,
    PositionSeen,
    QuoteSeen,
)
from engine.instruments import Instrument
from engine.outcome import DecisionKind
from engine.rule import RuleSet
from engine.units import DAY, MINUTE, PRICE_SCALE, SCALE, SECOND, Instant, Money, Price
from engine.venue import Quote
from service.inbox import Letter
from service.store import reading

MNQ = "CON.F.US.MNQ.Z26"
START = Instant(1_794_927_600 * SECOND)
LISTED = (Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(PRICE_SCALE // 4), Money(SCALE // 2)),)

BENCH = runpy.run_path(str(Path(__file__).with_name("loop_bench.py")))
Bench, position = BENCH["Bench"], BENCH["position"]


def closes(bench: Bench) -> list[tuple[int, str]]:
    return [
        (account, command.contract)
        for account, command, _ in bench.sent
        if isinstance(command, ClosePosition)
    ]


def test_a_command_is_stored_before_it_is_handed_over(bench: Bench) -> None:
    bench.hold(1, 3)

    assert closes(bench) == [(1, MNQ)]
    stored_before = [stored for _, command, stored in bench.sent if isinstance(command, ClosePosition)]
    assert all(stored >= 1 for stored in stored_before)
    assert len(reading.running_locks(bench.store.connection, 1)) == 1


def test_a_shared_event_reaches_the_accounts_of_its_login_only(bench: Bench) -> None:
    bench.told.clear()
    bench.hear(InstrumentsSeen(START, LISTED), "another login")
    assert bench.told == []

    bench.hear(InstrumentsSeen(START, LISTED), "main")
    assert [name for name, _ in bench.told] == ["alice", "bob"]


def test_a_quote_goes_to_accounts_with_an_interest_in_its_contract(bench: Bench) -> None:
    bench.hold(2, 1)
    bench.told.clear()

    bench.hear(QuoteSeen(START, Quote(MNQ, Price(1), Price(2), None, START)))

    assert [name for name, _ in bench.told] == ["bob"]


def test_a_mistake_in_one_account_halts_it_alone_and_keeps_its_locks(bench: Bench, rules: RuleSet) -> None:
    bench.hear(LockRequested(START, 1, None, None, "alice"))

    def broken(*_: object) -> None:
        raise RuntimeError("planted")

    bench.accounts[1].rules = replace(rules, rules=(replace(rules.rules[0], message=broken),))
    for number in (1, 2):
        bench.hold(number, 3)

    assert bench.accounts[1].halted == "RuntimeError at a PositionSeen"
    assert "halted:alice" in {alarm.code for alarm in bench.alarms.active()}
    assert len(bench.accounts[1].state.locks) == 1
    assert closes(bench) == [(2, MNQ)]
    bench.hold(1, 5)
    assert closes(bench) == [(2, MNQ)]


def test_silence_turns_into_a_tick_at_the_deadline_and_ends_the_lock_then(bench: Bench) -> None:
    end = Instant(START + 10 * MINUTE)
    bench.hear(LockRequested(START, 1, None, end, "alice"))

    bench.boot = 10 * MINUTE - 1
    bench.loop.once()
    assert bench.accounts[1].state.locks

    bench.boot = 10 * MINUTE
    bench.loop.once()
    assert not bench.accounts[1].state.locks


def test_an_event_from_the_future_happens_now_and_one_from_before_our_start_at_our_start(
    bench: Bench,
) -> None:
    bench.loop.handle(Letter("main", PositionSeen(Instant(START + 9 * DAY), 1, position(1))))
    assert bench.accounts[1].state.now == bench.clock.now()

    bench.loop.handle(Letter("main", PositionSeen(Instant(5), 1, position(1))))
    assert bench.accounts[1].state.now == bench.clock.now()


def test_a_disk_that_fails_does_not_stop_the_protection(bench: Bench) -> None:
    with closing(sqlite3.connect(bench.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        bench.hold(1, 3)
        assert closes(bench) == [(1, MNQ)]
        assert bench.alarms.has("store_failed")
        assert not reading.has_running_locks(bench.store.connection)

    bench.boot += 2 * SECOND
    bench.hold(2, 1)

    assert not bench.alarms.has("store_failed")
    assert len(reading.running_locks(bench.store.connection, 1)) == 1


def test_while_the_disk_fails_no_lock_ends(bench: Bench) -> None:
    bench.hear(LockRequested(START, 1, None, Instant(START + MINUTE), "alice"))
    with closing(sqlite3.connect(bench.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        bench.hold(1, 1)
        bench.boot = 2 * MINUTE
        bench.hear(ClockTick(START), "")
        assert len(bench.accounts[1].state.locks) == 1
        unlocked = [
            d for _, outcome in bench.told for d in outcome.decisions if d.kind is DecisionKind.UNLOCK
        ]
        assert not unlocked

    bench.boot += 2 * SECOND
    bench.hold(1, 1)  # the disk works again, and the next deadline ends the lock
    bench.boot += 6 * SECOND
    bench.loop.once()
    assert not bench.accounts[1].state.locks


def test_a_beginning_that_goes_wrong_leaves_a_thread_that_guards_and_says_so(bench: Bench) -> None:
    def wrong(_now: Instant) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    bench.inbox.put(PositionSeen(START, 1, position(3)))
    turns = iter([False, False, True])

    bench.loop.run(lambda: next(turns), wrong)

    assert closes(bench) == [(1, MNQ)]
    assert bench.alarms.has("engine")
