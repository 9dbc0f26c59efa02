"""The store does not grow for ever: what is let go of makes room for what comes."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from engine.events import QuoteSeen
from engine.state import State
from engine.units import HOUR, Duration, Instant, Price
from engine.venue import Quote
from service.store.opening import open_database
from service.store.proof import first_break
from service.store.retention import forget_old
from service.store.store import Store

ACCOUNT_ID = 7
ROOT = Path(__file__).resolve().parents[2]


def test_days_of_events_keep_the_file_and_its_log_at_one_size(tmp_path: Path) -> None:
    path, day = tmp_path / "state.sqlite", 1_500
    store, sizes = Store(path, seconds=lambda: 0.0), []
    for number in range(1, 12 * day + 1):
        store.step("main", quiet(number), [])
        if number % day == 0:
            store.snapshot(State(ACCOUNT_ID, now=Instant(number * HOUR), serial=number))
            forget_old(store.connection, Instant(number * HOUR), Duration(HOUR), [ACCOUNT_ID])
            sizes.append(store.connection.execute("PRAGMA page_count").fetchone()[0])
    log = path.with_name(f"{path.name}-wal").stat().st_size

    print(f"{sizes[2]} pages after three days, {sizes[-1]} after twelve; log {log}")  # noqa: T201
    assert sizes[-1] <= 1.2 * sizes[2]
    assert log <= 16_777_216
    assert first_break(store.connection) is None, (
        "what is left of the journal still goes on from what is gone"
    )
    store.close()


def quiet(number: int) -> QuoteSeen:
    at = Instant(number * HOUR)
    return QuoteSeen(at, Quote("C", Price(number), Price(number), None, at))


TIDYING = """
import sys, pathlib
from engine.state import State
from engine.units import HOUR, Duration, Instant
from service.store.retention import forget_old
from service.store.store import Store
store = Store(pathlib.Path(sys.argv[1]))
for seq in (100, 200):
    store.snapshot(State(7, now=Instant(seq * HOUR), serial=seq))
forget_old(store.connection, Instant(1_000 * HOUR), Duration(HOUR), [7])
"""


def test_a_kill_while_old_events_are_let_go_of_leaves_all_or_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    store = Store(path, seconds=lambda: 0.0)
    for number in range(1, 201):
        store.step("main", quiet(number), [])
    store.close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", TIDYING, str(path)]

    killed = subprocess.run(
        command, cwd=ROOT, env={**environment, "RISK_FAILPOINT": "retention.before_commit:1"}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    with closing(open_database(path)) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone()[0] == 200
        assert first_break(connection) is None

    assert subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
    with closing(open_database(path)) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone()[0] < 200
        assert first_break(connection) is None
