"""The store does not grow for ever: what is let go of makes room for what comes."""

from pathlib import Path

from engine.events import QuoteSeen
from engine.state import State
from engine.units import HOUR, Duration, Instant, Price
from engine.venue import Quote
from service.store.proof import first_break
from service.store.retention import forget_old
from service.store.store import Store

ACCOUNT_ID = 7


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
