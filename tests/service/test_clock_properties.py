"""Trusted time under any order of waits, turns, headers and stamps."""

import runpy
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.units import DAY, HOUR
from service.clock import boot_clock

BENCH = runpy.run_path(str(Path(__file__).with_name("clock_bench.py")))
Bench, NOON = BENCH["Bench"], BENCH["NOON"]


MOVES = st.lists(
    st.tuples(st.sampled_from(["wait", "host", "header", "stamp"]), st.integers(-3 * DAY, 3 * DAY)),
    max_size=40,
)


@settings(max_examples=300, derandomize=True)
@given(MOVES, st.booleans())
def test_trusted_time_never_goes_back_and_never_below_its_floor(
    moves: list[tuple[str, int]], fresh: bool
) -> None:
    bench = Bench(floor=None if fresh else NOON)
    bench.header(NOON)
    last = bench.clock.now()
    for what, size in moves:
        match what:
            case "wait":
                bench.wait(abs(size) % HOUR)
            case "host":
                bench.host += size
            case "header":
                bench.header(NOON + size)
            case _:
                bench.stamp(NOON + size)
        now = bench.clock.now()
        assert now >= last
        last = now


@settings(max_examples=200, derandomize=True)
@given(st.lists(st.integers(-30 * DAY, 30 * DAY), max_size=10), st.integers(0, HOUR))
def test_no_turn_of_the_host_clock_ends_a_lock_early(turns: list[int], waited: int) -> None:
    bench = Bench(floor=NOON)
    for turn in turns:
        bench.host += turn
        bench.clock.now()
    bench.wait(waited)

    assert bench.clock.now() == NOON + waited


def test_the_real_boot_clock_counts_microseconds() -> None:
    clock = boot_clock()
    before = clock()
    time.sleep(0.02)

    assert 15_000 <= clock() - before < 5_000_000
