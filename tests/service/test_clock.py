"""Trusted time: what the host's clock, the boot clock, headers and restarts can and cannot do to it."""

import runpy
from pathlib import Path

from engine.units import DAY, HOUR, SECOND, Instant
from service.clock import LATENCY

BENCH = runpy.run_path(str(Path(__file__).with_name("clock_bench.py")))
Bench, NOON = BENCH["Bench"], BENCH["NOON"]


def test_before_any_venue_time_the_stored_floor_is_carried_on_and_the_host_has_no_say() -> None:
    bench = Bench(floor=NOON, host=NOON + 30 * DAY)
    bench.wait(7 * SECOND)

    assert bench.clock.now() == NOON + 7 * SECOND
    assert not bench.clock.is_confirmed
    assert bench.clock.has_ground


def test_without_a_floor_there_is_no_ground_until_the_venue_was_heard() -> None:
    bench = Bench(floor=None, host=NOON + 365 * DAY)

    assert bench.clock.now() == NOON + 365 * DAY
    assert not bench.clock.has_ground

    bench.header(NOON)
    assert bench.clock.has_ground
    assert bench.clock.now() == NOON


def test_the_host_clock_can_be_turned_at_will_without_moving_trusted_time() -> None:
    bench = Bench(floor=NOON)
    bench.header(NOON)
    for turn in (DAY, -DAY, HOUR, -3 * HOUR):
        bench.host += turn
        assert bench.clock.now() == NOON
    assert bench.clock.read().offset == turn_sum()


def turn_sum() -> int:
    return DAY - DAY + HOUR - 3 * HOUR


def test_a_jump_is_believed_only_when_a_second_header_says_the_same() -> None:
    bench = Bench(floor=NOON)
    bench.header(NOON)
    bench.header(NOON + 2 * HOUR)
    assert bench.clock.now() == NOON

    bench.wait(SECOND)
    bench.header(NOON + 2 * HOUR + SECOND)
    assert bench.clock.now() == NOON + 2 * HOUR + SECOND


def test_two_jumps_that_disagree_move_nothing() -> None:
    bench = Bench(floor=NOON)
    bench.header(NOON)
    bench.header(NOON + 2 * HOUR)
    bench.header(NOON + 9 * HOUR)

    assert bench.clock.now() == NOON


def test_after_a_night_off_two_answers_of_the_venue_bring_the_morning() -> None:
    bench = Bench(floor=NOON)
    bench.header(NOON + 15 * HOUR)
    assert not bench.clock.is_confirmed

    bench.header(NOON + 15 * HOUR)
    assert bench.clock.is_confirmed
    assert bench.clock.now() == NOON + 15 * HOUR


def test_an_event_stamp_refines_within_what_the_header_allows_and_never_beyond() -> None:
    bench = Bench(floor=NOON)
    bench.header(NOON)
    bench.stamp(NOON + SECOND // 2)
    assert bench.clock.now() == NOON + SECOND // 2

    bench.stamp(NOON - HOUR)
    assert bench.clock.now() == NOON + SECOND // 2

    for ahead in range(1, 100):
        bench.stamp(NOON + ahead * SECOND)
    assert bench.clock.now() <= NOON + LATENCY


def test_a_stamp_alone_is_no_time() -> None:
    bench = Bench(floor=NOON)
    bench.stamp(NOON + SECOND)

    assert not bench.clock.is_confirmed
    assert bench.clock.now() == NOON


def test_a_boot_clock_that_runs_fast_is_held_back_without_ever_going_back() -> None:
    bench, venue = Bench(floor=NOON), NOON
    bench.header(venue)
    last = bench.clock.now()
    for _ in range(24 * 60):
        venue = Instant(venue + 60 * SECOND)
        bench.wait(60 * SECOND + 60_000)  # a thousandth too fast: 86 s in a day
        bench.header(venue)
        assert bench.clock.now() >= last
        last = bench.clock.now()

    assert abs(last - venue) <= 2 * LATENCY


def test_a_venue_clock_that_was_wrong_is_caught_up_with_at_half_speed() -> None:
    bench = Bench(floor=NOON)
    bench.header(NOON)
    bench.header(NOON + HOUR)
    bench.header(NOON + HOUR)
    assert bench.clock.now() == NOON + HOUR

    bench.header(NOON)
    bench.header(NOON)
    assert bench.clock.now() == NOON + HOUR

    bench.wait(10 * SECOND)
    assert bench.clock.now() == NOON + HOUR + 5 * SECOND
    bench.wait(3 * HOUR)
    assert abs(bench.clock.now() - (NOON + 3 * HOUR + 10 * SECOND)) <= LATENCY


def test_a_restart_goes_on_from_the_floor_even_when_the_venue_says_less() -> None:
    bench = Bench(floor=Instant(NOON + HOUR))
    bench.header(NOON)
    bench.header(NOON)

    assert bench.clock.now() >= NOON + HOUR
