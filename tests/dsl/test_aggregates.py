"""Aggregates give what adding everything up again would give, at every moment of any history."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.aggregates import AGGREGATES, chunks
from dsl.aggregates.drawdown import Drawdown
from engine.units import SCALE, Instant, divide_half_even

Sample = tuple[int, int]
HISTORY = st.lists(st.tuples(st.integers(0, 30), st.integers(-5, 5)), max_size=200)
LENGTH = 40


def drawdown(values: list[int]) -> int:
    level, peak, deepest = 0, 0, 0
    for value in values:
        level += value
        peak = max(peak, level)
        deepest = max(deepest, peak - level)
    return deepest


def streak(values: list[int]) -> int:
    count = 0
    for value in values:
        count = count + 1 if value else 0
    return count * SCALE


NAIVE: dict[str, Callable[[list[int]], int | None]] = {
    "count": lambda values: len(values) * SCALE,
    "sum": sum,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "avg": lambda values: divide_half_even(sum(values), len(values)) if values else None,
    "last": lambda values: values[-1] if values else None,
    "streak": streak,
    "drawdown": drawdown,
}


def timed(gaps: list[Sample]) -> list[Sample]:
    now, items = 0, []
    for gap, value in gaps:
        now += gap
        items.append((now, value))
    return items


def test_there_is_a_naive_twin_for_each_aggregate() -> None:
    assert NAIVE.keys() == AGGREGATES.keys()


@pytest.mark.parametrize("word", AGGREGATES)
@given(gaps=HISTORY)
def test_a_rolling_window_holds_what_is_younger_than_its_length(word: str, gaps: list[Sample]) -> None:
    accumulator, naive = AGGREGATES[word].make(True), NAIVE[word]
    held, items = accumulator.empty(), timed(gaps)

    for place, (at, value) in enumerate(items):
        held = accumulator.forget(accumulator.add(held, value, Instant(at)), Instant(at - LENGTH))
        inside = [item for item in items[: place + 1] if item[0] > at - LENGTH]
        oldest = accumulator.oldest(held)
        assert accumulator.result(held) == naive([each for _, each in inside])
        assert oldest is None or oldest >= inside[0][0]


@pytest.mark.parametrize("word", AGGREGATES)
@given(gaps=HISTORY)
def test_a_window_with_a_start_holds_everything(word: str, gaps: list[Sample]) -> None:
    accumulator = AGGREGATES[word].make(False)
    held = accumulator.empty()

    for at, value in timed(gaps):
        held = accumulator.add(held, value, Instant(at))

    assert accumulator.result(held) == NAIVE[word]([value for _, value in gaps])


@pytest.mark.parametrize("word", ["min", "max", "last"])
@given(
    gaps=st.lists(st.tuples(st.integers(1, 30), st.integers(-5, 5)), max_size=60), later=st.integers(0, 100)
)
def test_a_sampled_value_counts_until_the_next_takes_its_place(
    word: str, gaps: list[Sample], later: int
) -> None:
    sample = AGGREGATES[word].sample
    assert sample is not None
    accumulator, items = sample(True), timed(gaps)
    held = accumulator.empty()
    for at, value in items:
        held = accumulator.add(held, value, Instant(at))
    now = (items[-1][0] if items else 0) + later

    held = accumulator.forget(held, Instant(now - LENGTH))

    ends = [at for at, _ in items[1:]] + [now + 1]
    inside = [value for (_, value), end in zip(items, ends, strict=False) if end > now - LENGTH]
    assert accumulator.result(held) == NAIVE[word](inside)


@given(
    gaps=st.lists(st.tuples(st.integers(1, 3), st.integers(-5, 5)), min_size=1, max_size=300),
    length=st.integers(1, 500),
)
def test_a_sampled_drawdown_is_that_of_the_levels_in_the_window(gaps: list[Sample], length: int) -> None:
    sample = AGGREGATES["drawdown"].sample
    assert sample is not None
    accumulator, items = sample(True), timed(gaps)
    held = accumulator.empty()

    for place, (at, value) in enumerate(items):
        held = accumulator.forget(accumulator.add(held, value, Instant(at)), Instant(at - length))
        ends = [end for end, _ in items[1 : place + 1]] + [at + 1]
        inside = [level for (_, level), end in zip(items, ends, strict=False) if end > at - length]
        falls = [peak - low for number, peak in enumerate(inside) for low in inside[number:]]
        assert accumulator.result(held) == max(falls)


@pytest.mark.parametrize("is_sampled", [False, True])
@pytest.mark.parametrize("items", [100, 10_000])
def test_a_drawdown_takes_the_same_work_however_long_its_window(items: int, is_sampled: bool) -> None:
    joined = []
    accumulator = Drawdown(rolling=True, sampled=is_sampled)
    join = accumulator.folding.join
    accumulator.folding.join = lambda older, newer: (joined.append(1), join(older, newer))[1]  # type: ignore[method-assign]
    held, most = accumulator.empty(), 0

    for at in range(3 * items):
        before = len(joined)
        held = accumulator.forget(accumulator.add(held, at % 7 - at % 3, Instant(at)), Instant(at - items))
        most = max(most, len(joined) - before)

    assert len(joined) <= 4 * 3 * items
    assert most <= 3 * chunks.SIZE + items // chunks.SIZE


@given(st.lists(st.sampled_from(["push", "first", "last"]), max_size=400))
def test_the_queue_behaves_like_a_list(steps: list[str]) -> None:
    queue, plain = chunks.EMPTY, list[int]()

    for number, step in enumerate(steps):
        if step == "push":
            queue, plain = chunks.push(queue, number), [*plain, number]
        elif plain and step == "first":
            queue, plain = chunks.without_first(queue), plain[1:]
        elif plain:
            queue, plain = chunks.without_last(queue), plain[:-1]
        assert chunks.items(queue) == plain
        assert chunks.length(queue) == len(plain)
        assert chunks.first(queue) == (plain[0] if plain else None)
        assert [chunks.nth(queue, place) for place in range(len(plain))] == plain
        assert chunks.nth(queue, len(plain)) is None
        assert chunks.last(queue) == (plain[-1] if plain else None)
