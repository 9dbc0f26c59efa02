"""The engine thread: order of storing and sending, one account's trouble, a disk that fails, recovery by replay."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from connectors.topstepx.settings import TimeSource
from dsl.pipeline import load_ruleset
from engine.commands import ClosePosition, Command
from engine.events import (
    ClockTick,
    Event,
    GuardStarted,
    InstrumentsSeen,
    LockRequested,
    PositionSeen,
    QuoteSeen,
    RulesArmed,
    SnapshotTaken,
)
from engine.instruments import Instrument
from engine.outcome import DecisionKind, Outcome
from engine.rule import RuleSet
from engine.state import State
from engine.units import DAY, MINUTE, PRICE_SCALE, SCALE, SECOND, Duration, Instant, Money, Price
from engine.venue import AccountStatus, Position, Quote
from service.alarms import Alarms
from service.clock import TrustedClock
from service.guarded import Guarded
from service.inbox import Inbox, Letter
from service.loop import Loop
from service.store import reading
from service.store.recovery import Recovered, recover
from service.store.store import Store
from service.upkeep import Upkeep

MNQ = "CON.F.US.MNQ.Z26"
START = Instant(1_794_927_600 * SECOND)
LISTED = (Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(PRICE_SCALE // 4), Money(SCALE // 2)),)


@dataclass
class Bench:
    """A loop with a real store and a real engine; only what would reach the venue is written down instead."""

    folder: Path
    rules: RuleSet
    names: tuple[str, ...] = ("alice", "bob")
    boot: int = 0
    sent: list[tuple[int, Command, int]] = field(default_factory=list)
    told: list[tuple[str, Outcome]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = TrustedClock(START, boot=lambda: self.boot, host=lambda: 0)
        self.clock.heard(START, TimeSource.DATE_HEADER)
        self.store = Store(self.folder / "state.sqlite", seconds=lambda: self.boot / SECOND)
        self.alarms = Alarms(self.clock.now)
        self.inbox = Inbox()
        self.accounts = {
            number: Guarded(name, number, "main", "enforce", self.rules, State(number))
            for number, name in enumerate(self.names, start=1)
        }
        self.upkeep = Upkeep(
            self.accounts,
            self.store,
            self.alarms,
            backups=self.folder / "backups",
            keep_backups=2,
            keep_journal=Duration(DAY),
        )
        self.loop = Loop(
            self.accounts,
            self.inbox,
            self.store,
            self.clock,
            self.alarms,
            hand=self._hand,
            told=lambda account, _event, outcome: self.told.append((account.name, outcome)),
            upkeep=self.upkeep,
        )

    def _hand(self, account: int, commands: Sequence[Command]) -> None:
        with closing(
            sqlite3.connect(self.store.path)
        ) as other:  # what another process would find after a kill
            stored = other.execute("SELECT count(*) FROM audit WHERE kind = 'command'").fetchone()[0]
        self.sent += [(account, command, stored) for command in commands]

    def hear(self, event: Event, origin: str = "main") -> None:
        self.boot += 1_000
        self.loop.handle(Letter(origin, replace(event, at=Instant(START + self.boot))))

    def begin(self) -> None:
        self.hear(InstrumentsSeen(START, LISTED))
        for number in self.accounts:
            self.hear(RulesArmed(START, number, self.rules.digest), "")
            self.hear(GuardStarted(START, number, None), "")
            self.hear(snapshot(number, self.clock.now()))

    def hold(self, account: int, size: int) -> None:
        self.hear(PositionSeen(START, account, position(size)))

    def recovered(self, account: int = 1) -> Recovered:
        self.store.flush()
        return recover(self.store.connection, account, "main", lambda _digest: self.rules)


def position(size: int) -> Position:
    return Position(MNQ, size, Price(25_000 * PRICE_SCALE), START)


def snapshot(account: int, at: Instant) -> SnapshotTaken:
    status = AccountStatus(f"V{account}", Money(150_000 * SCALE), can_trade=True, simulated=True)
    return SnapshotTaken(at, account, at, status, (), (), (), Instant(at - DAY))


@pytest.fixture
def rules(tmp_path: Path, house: Any) -> RuleSet:
    loaded = load_ruleset(house.home() / "rulesets" / "limits")
    assert loaded.ruleset is not None, loaded.problems
    return loaded.ruleset


@pytest.fixture
def make(tmp_path: Path, rules: RuleSet) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def bench(**more: Any) -> Bench:
        benches.append(Bench(tmp_path / "data", rules, **more))
        benches[-1].begin()
        return benches[-1]

    yield bench
    for one in benches:
        one.upkeep.finish()
        one.store.connection.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    return make()


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
