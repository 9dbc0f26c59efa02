"""Stores of older versions open and lose nothing; their copy of before stays beside them."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from service.store import kept_rules, reading
from service.store.opening import open_database
from service.store.proof import first_break
from service.store.schema import SCHEMA

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ACCOUNT_ID = 7
OLD = range(1, SCHEMA)


def old_store(version: int, folder: Path) -> Path:
    """Write a store as that version left it: seven locks, one of them over, an enforcement, two snapshots."""
    path = folder / "state.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((HERE / "stores" / f"version-{version}.sql").read_text())
    return path


def is_whole(path: Path) -> None:
    with closing(open_database(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
        assert sorted(reading.running_locks(connection, ACCOUNT_ID)) == ["L1", "L3", "L4", "L5", "L6", "L7"]
        assert [one.id for one in reading.recent_enforcements(connection, ACCOUNT_ID, 5)] == ["E1"]
        assert [seq for seq, _ in reading.snapshots(connection, ACCOUNT_ID)] == [6, 3]
        assert len(list(reading.journal(connection, 6, ACCOUNT_ID, "main"))) == 3
        assert reading.last_seen(connection) == 12
        assert kept_rules.find(connection, "d1") is not None
        assert first_break(connection) is None


@pytest.mark.parametrize("version", OLD)
def test_a_store_of_each_older_version_opens_whole_with_its_copy_beside_it(
    tmp_path: Path, version: int
) -> None:
    path = old_store(version, tmp_path)

    is_whole(path)

    with closing(sqlite3.connect(tmp_path / f"state.sqlite.version-{version}")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone()[0] == version
        assert copy.execute("SELECT count(*) FROM locks WHERE ended_at IS NULL").fetchone()[0] == 6


@pytest.mark.parametrize("version", OLD)
def test_a_kill_in_the_middle_of_a_migration_is_made_good_by_the_next_start(
    tmp_path: Path, version: int
) -> None:
    path = old_store(version, tmp_path)
    code = "import sys, pathlib; from service.store.store import Store; Store(pathlib.Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RISK_FAILPOINT": "migration.before_version:1"}
    child = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, env=environment, check=False)
    assert child.returncode == -signal.SIGKILL

    is_whole(path)


def test_what_an_older_version_wrote_cannot_be_changed_unseen_either(tmp_path: Path) -> None:
    path = old_store(1, tmp_path)
    with closing(open_database(path)) as connection:
        connection.execute("UPDATE locks SET ended_at = 5 WHERE id = 'L3'")

        assert first_break(connection) == "lock L3 of account 7 was changed"
