"""The gap before a start: told once, and only when the venue has said what time it is."""

import json
from pathlib import Path

import pytest

from connectors.topstepx.settings import TimeSource
from engine.units import HOUR, SECOND, Instant
from service.clock import TrustedClock
from service.clock_watch import GapWatch
from service.store.audit import rows
from service.store.store import Store

LAST_SEEN = Instant(1_794_927_600 * SECOND)


@pytest.mark.parametrize(
    ("hours", "was_stopped", "is_told"),
    [(8, True, True), (8, False, True), (0, True, False), (0, False, True)],
)
def test_a_gap_is_as_long_as_the_venue_says_and_short_ones_that_somebody_wanted_stay_in_the_trail(
    tmp_path: Path, hours: int, was_stopped: bool, is_told: bool
) -> None:
    boot, told = [0], list[tuple[Instant, Instant]]()
    clock = TrustedClock(LAST_SEEN, boot=lambda: boot[0], host=lambda: 0)
    store = Store(tmp_path / "state.sqlite")
    watch = GapWatch(
        clock, store, LAST_SEEN, lambda until, since: told.append((until, since)), was_stopped=was_stopped
    )
    start = LAST_SEEN + hours * HOUR + 4 * SECOND

    boot[0] = 30 * SECOND
    watch.look()
    assert list(rows(store.connection)) == [], "nobody knows yet what time it is"
    for _ in range(2):  # a leap is believed when two headers agree
        clock.heard(Instant(start + 30 * SECOND), TimeSource.DATE_HEADER)
    watch.look()
    watch.look()

    assert told == ([(start, LAST_SEEN)] if is_told else [])
    (row,) = rows(store.connection)
    body = json.loads(row.body)
    assert (row.kind, body["since"], body["until"]) == ("gap", LAST_SEEN, start)
    assert float(body["seconds"]) == hours * 3600 + 4
    store.close()
