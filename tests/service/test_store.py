"""The store while its process lives."""

import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.enforcement import Enforcement, Reason
from engine.events import ClockTick, QuoteSeen
from engine.outcome import Outcome
from engine.state import State
from engine.units import DAY, HOUR, Duration, Instant, Price
from engine.venue import Quote
from service.store import reading
from service.store.proof import first_break
from service.store.retention import forget_old
from service.store.rows import Stepped
from service.store.store import Store, StoreFailed

WRITER = runpy.run_path(str(Path(__file__).with_name("store_writer.py")))
ACCOUNT_ID, fill, outcome = WRITER["ACCOUNT_ID"], WRITER["fill"], WRITER["outcome"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "state.sqlite"


def quote(number: int) -> QuoteSeen:
    return QuoteSeen(Instant(number), Quote("C", Price(number), Price(number), None, Instant(number)))


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as other:
        count: int = other.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  our own names
        return count


def test_a_step_is_visible_to_others_when_step_returns(path: Path) -> None:
    store = Store(path)
    store.step("main", fill(1), [Stepped(ACCOUNT_ID, outcome(1))])

    assert rows(path, "journal") == rows(path, "locks") == rows(path, "decisions") == 1
    store.close()


def test_quotes_that_lead_to_nothing_are_gathered_and_never_overtaken(path: Path) -> None:
    store = Store(path, seconds=lambda: 0.0)
    for number in range(1, 50):
        store.step("main", quote(number), [Stepped(ACCOUNT_ID, Outcome())])
    assert rows(path, "journal") == 0

    store.step("main", fill(50), [Stepped(ACCOUNT_ID, outcome(50))])

    found = list(reading.journal(store.connection, 0, ACCOUNT_ID, "main"))
    assert [entry.event for entry in found] == [*map(quote, range(1, 50)), fill(50)]
    store.close()


def test_gathered_quotes_are_written_after_a_second_at_the_latest(path: Path) -> None:
    now = 0.0
    store = Store(path, seconds=lambda: now)
    store.step("main", quote(1), [Stepped(ACCOUNT_ID, Outcome())])
    now = 1.1
    store.step("main", quote(2), [Stepped(ACCOUNT_ID, Outcome())])

    assert rows(path, "journal") == 2
    store.close()


def test_an_account_hears_its_own_events_and_those_of_its_login_only(path: Path) -> None:
    store = Store(path)
    store.step("one", fill(1), [])
    store.step("one", quote(2), [])
    store.step("two", quote(3), [])
    store.step("", ClockTick(Instant(4)), [])
    store.flush()

    assert [e.event.at for e in reading.journal(store.connection, 0, ACCOUNT_ID, "one")] == [1, 2, 4]
    assert [e.event.at for e in reading.journal(store.connection, 2, 8, "two")] == [3, 4]
    store.close()


def test_a_lock_that_ended_is_no_longer_running_and_one_set_again_is(path: Path) -> None:
    store = Store(path)
    store.step("", fill(1), [Stepped(ACCOUNT_ID, outcome(1))])
    store.step("", fill(2), [Stepped(ACCOUNT_ID, Outcome(locks={"L1": None}))])
    assert not reading.has_running_locks(store.connection)

    store.step("", fill(3), [Stepped(ACCOUNT_ID, outcome(1))])
    assert list(reading.running_locks(store.connection, ACCOUNT_ID)) == ["L1"]
    store.close()


def test_an_enforcement_is_one_row_from_beginning_to_end(path: Path) -> None:
    store = Store(path)
    for acked in (None, Instant(9)):
        record = Enforcement(
            "E1", (Reason("r", "", "why"),), {"C": 0}, {"C": 3}, False, Instant(5), acked_at=acked
        )
        store.step("", fill(acked or 1), [Stepped(ACCOUNT_ID, Outcome(enforcements={"E1": record}))])

    assert [one.acked_at for one in reading.recent_enforcements(store.connection, ACCOUNT_ID, 20)] == [9]
    store.close()


def test_a_disk_that_fails_keeps_everything_in_memory_until_it_works_again(path: Path) -> None:
    now = 0.0
    store = Store(path, seconds=lambda: now)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreFailed, match="locked"):
            store.step("", fill(1), [Stepped(ACCOUNT_ID, outcome(1))])
    assert store.waiting == 6
    assert rows(path, "journal") == 0
    with pytest.raises(StoreFailed, match="locked"):
        store.flush()  # a disk that has just failed is left alone for a second

    now = 1.0
    store.step("", fill(2), [Stepped(ACCOUNT_ID, outcome(2))])

    assert rows(path, "journal") == 2
    assert first_break(store.connection) is None
    store.close()


def test_the_numbers_go_on_after_the_journal_was_cleared_up(path: Path) -> None:
    store = Store(path)
    for number in range(1, 31):
        store.step("", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
        if number % 10 == 0:
            store.snapshot(State(ACCOUNT_ID, now=Instant(number)))

    gone = forget_old(store.connection, Instant(10 * DAY), Duration(HOUR), [ACCOUNT_ID])
    store.close()
    again = Store(path)

    assert gone == 20, "rows since the snapshot before the last one stay"
    assert again.seq == 30
    assert [seq for seq, _ in reading.snapshots(again.connection, ACCOUNT_ID)] == [30, 20]
    assert len(reading.running_locks(again.connection, ACCOUNT_ID)) == 30
    again.close()


def test_an_account_without_a_snapshot_keeps_the_whole_journal(path: Path) -> None:
    store = Store(path)
    store.step("", fill(1), [Stepped(ACCOUNT_ID, outcome(1))])
    store.snapshot(State(ACCOUNT_ID, now=Instant(1)))

    assert forget_old(store.connection, Instant(10 * DAY), Duration(HOUR), [ACCOUNT_ID, 8]) == 0
    assert forget_old(store.connection, Instant(10 * DAY), Duration(HOUR), [ACCOUNT_ID]) == 1
    store.close()


def test_the_last_moment_of_guarding_is_known_after_a_kill(path: Path) -> None:
    store = Store(path)
    assert reading.last_seen(store.connection) is None
    store.step("", fill(7), [Stepped(ACCOUNT_ID, outcome(7))])
    assert reading.last_seen(store.connection) == 7

    store.remember("last_seen", "12")
    store.flush()
    assert reading.last_seen(store.connection) == 12
    store.close()
