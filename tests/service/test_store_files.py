"""The store's files: audit trail, versions, damage, backups, kept rulesets."""

import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.units import Instant
from service.store import kept_rules, reading
from service.store.backup import BackupFailed, back_up, kept
from service.store.found import mark_of, open_or_replace
from service.store.kept_rules import KeptRules
from service.store.memory_store import StoreLeftAlone
from service.store.opening import StoreTooNew, open_database
from service.store.proof import first_break
from service.store.rows import Stepped
from service.store.store import Store

WRITER = runpy.run_path(str(Path(__file__).with_name("store_writer.py")))
ACCOUNT_ID, fill, outcome = WRITER["ACCOUNT_ID"], WRITER["fill"], WRITER["outcome"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "state.sqlite"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET body = body || ' ' WHERE seq = 5",
        "UPDATE audit SET at = at + 1 WHERE seq = 5",
        "UPDATE audit SET kind = 'x' WHERE seq = 5",
        "UPDATE audit SET account = 1 WHERE seq = 5",
        "UPDATE audit SET hash = upper(hash) WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 1",
        "UPDATE audit SET seq = 99 WHERE seq = 5",
    ],
)
def test_any_change_to_the_audit_trail_is_found(path: Path, change: str) -> None:
    store = Store(path)
    for number in range(1, 5):
        store.step("", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
    assert first_break(store.connection) is None

    store.connection.execute(change)

    assert first_break(store.connection) is not None
    store.close()


def test_a_store_of_a_newer_version_is_refused_with_what_to_do(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version=99")

    with pytest.raises(StoreTooNew, match="Install the newer version again"):
        open_database(path)


def test_a_damaged_store_is_set_aside_and_counts_as_locked_until_that_was_answered(path: Path) -> None:
    store = Store(path)
    for number in range(1, 200):
        store.step("", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    path.write_bytes(content)

    found = open_or_replace(path)
    found.store.close()

    assert found.is_locked
    assert "kept as state.sqlite.damaged-1" in found.damage
    assert path.with_name("state.sqlite.damaged-1").read_bytes() == bytes(content)

    again = open_or_replace(path)  # a kill before the locks were stored must not make it free
    again.store.close()
    assert again.is_locked
    mark_of(path).unlink()
    last = open_or_replace(path)
    last.store.close()
    assert not last.is_locked


def test_without_a_file_facts_are_kept_in_memory_and_every_write_says_so(path: Path) -> None:
    store = Store(path)
    store.remember("key", "on the disk")
    store.close()
    content = path.read_bytes()

    found = open_or_replace(path, unusable="the disk is gone")

    assert (found.is_locked, found.store.is_failing, found.last_seen) == (True, True, None)
    assert found.damage.startswith("the disk is gone. Nothing is written to it")
    assert mark_of(path).read_text().startswith("the disk is gone"), "the next start locks everything too"
    for number in range(1, 3):
        with pytest.raises(StoreLeftAlone, match="the disk is gone"):
            found.store.step("", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
    found.store.remember("key", "in memory")
    with pytest.raises(
        StoreLeftAlone
    ):  # as for an unlock, which must be written down before anything is lifted
        found.store.note(Instant(9), "ask", "{}")
    assert (found.store.recall("key"), found.store.waiting, found.store.is_failing) == ("in memory", 0, True)
    found.store.connection.close()
    assert path.read_bytes() == content


def test_backups_open_are_checked_and_only_the_newest_stay(path: Path, tmp_path: Path) -> None:
    store = Store(path)
    store.step("", fill(1), [Stepped(ACCOUNT_ID, outcome(1))])
    for day in range(1, 6):
        copy = back_up(path, tmp_path / "backups", f"2026-11-0{day}", keep=3)

    assert [one.name for one in kept(tmp_path / "backups")] == [
        f"state-2026-11-0{day}.sqlite" for day in (5, 4, 3)
    ]
    with closing(open_database(copy)) as connection:
        assert len(reading.running_locks(connection, ACCOUNT_ID)) == 1
    store.close()


def test_a_backup_that_cannot_be_made_says_so_and_leaves_the_old_ones(path: Path, tmp_path: Path) -> None:
    store = Store(path)
    back_up(path, tmp_path / "backups", "2026-11-01", keep=3)

    with pytest.raises(BackupFailed, match="2026-11-02"):
        back_up(tmp_path / "nowhere" / "state.sqlite", tmp_path / "backups", "2026-11-02", keep=1)

    assert [one.name for one in kept(tmp_path / "backups")] == ["state-2026-11-01.sqlite"]
    store.close()


def test_a_ruleset_is_kept_with_all_its_files_and_comes_back_as_a_folder(path: Path) -> None:
    rules = KeptRules(
        "d1", "starter", {"ruleset.yaml": "ruleset: x\n", "lists/a.yaml": "é\n"}, {"a.b": "1"}, "ENFORCE"
    )
    store = Store(path)
    store.keep_rules(rules, Instant(1))
    store.flush()

    back = kept_rules.find(store.connection, "d1")

    assert back == rules
    with kept_rules.unpack(rules) as folder:
        assert kept_rules.files_of(Path(folder)) == rules.files
    assert kept_rules.find(store.connection, "d2") is None
    store.close()


def test_a_kept_ruleset_cannot_write_outside_its_folder() -> None:
    with pytest.raises(ValueError, match="outside its folder"):
        kept_rules.unpack(KeptRules("d", "x", {"../../evil.yaml": ""}, {}, "ENFORCE"))
