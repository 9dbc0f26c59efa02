"""The store when its process dies at any instruction: what was acknowledged is there, what is there is whole."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from service.store import reading
from service.store.opening import open_database
from service.store.proof import first_break

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("store_writer.py")
ACCOUNT_ID = 7


def writer(path: Path, steps: int, failpoint: str = "") -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RISK_FAILPOINT": failpoint}
    arguments = [sys.executable, str(WRITER), str(path), str(steps)]
    return subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def acknowledged(output: bytes) -> int:
    lines = [line for line in output.split(b"\n")[:-1] if line]
    return int(lines[-1]) if lines else 0


def check(path: Path, least: int) -> int:
    """Open the store as the daemon would and return how many steps are in it, each of them whole."""
    with closing(open_database(path)) as connection:
        steps: int = connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
        assert steps >= least, "an acknowledged step is missing"
        assert connection.execute("SELECT count(*) FROM journal").fetchone()[0] == steps
        assert connection.execute("SELECT count(*) FROM decisions").fetchone()[0] == steps
        assert (
            connection.execute("SELECT count(*) FROM audit WHERE kind != 'snapshot'").fetchone()[0]
            == 3 * steps
        )
        assert len(reading.running_locks(connection, ACCOUNT_ID)) == steps
        assert first_break(connection) is None
        return steps


def test_kill_9_at_random_moments_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path, rng, steps = tmp_path / "state.sqlite", random.Random(4), 0  # noqa: S311  moments, not secrets
    for _ in range(8):
        child = writer(path, 1_000_000)
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.25))
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate(timeout=20)
        steps = check(path, max(acknowledged(first + rest), steps))

    assert steps > 8


@pytest.mark.parametrize("point", ["store.before_commit", "store.after_commit", "snapshot.before_commit"])
@pytest.mark.parametrize("passing", [1, 2, 11])
def test_death_at_a_named_point_leaves_whole_steps(tmp_path: Path, point: str, passing: int) -> None:
    path = tmp_path / "state.sqlite"
    child = writer(path, 200, f"{point}:{passing}")
    output, _ = child.communicate(timeout=30)

    assert child.returncode == -signal.SIGKILL
    check(path, acknowledged(output))

    child = writer(path, 20)
    output, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    check(path, acknowledged(output))


def test_a_step_that_was_under_way_when_the_process_died_is_there_as_a_whole_or_not_at_all(
    tmp_path: Path,
) -> None:
    path = tmp_path / "state.sqlite"
    child = writer(path, 200, "store.before_commit:5")
    output, _ = child.communicate(timeout=30)

    assert acknowledged(output) == 4
    assert check(path, 4) == 4


def test_a_file_that_is_no_store_is_not_opened_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5_000)
    before = path.read_bytes()

    with pytest.raises(Exception, match="cannot be read as a store") as failure:
        open_database(path)

    assert type(failure.value).__name__ == "StoreDamaged"
    assert path.read_bytes() == before
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT * FROM sqlite_master")
