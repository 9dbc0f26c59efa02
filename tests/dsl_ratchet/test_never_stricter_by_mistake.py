"""A random pair of rules is never judged stricter when a search finds a state in which the new one allows more."""

import random
import runpy
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.ratchet.bundle import Bundle, Reader
from dsl.ratchet.covers import covers
from engine.units import SCALE

PAIRS = runpy.run_path(str(Path(__file__).with_name("pairs.py")))
ASKING = runpy.run_path(str(Path(__file__).with_name("asking.py")))
RULESET = "ruleset: r\ndsl: 1\n"
STATES = 120
SEEN: Counter[str] = Counter()


def look(seed: int) -> None:
    """Make a pair and judge it; where the new one is called no looser, look for a state that shows otherwise."""
    rng = random.Random(seed)  # noqa: S311  pairs, not secrets
    old = PAIRS["written"](rng)
    new = PAIRS["changed"](rng, old)
    rules = (PAIRS["compiled"](old), PAIRS["compiled"](new))
    if None in rules:
        SEEN["refused"] += 1
        return
    reader = Reader()
    before, after = (
        reader.read(Bundle({"ruleset.yaml": RULESET, "r.yaml": each.text})) for each in (old, new)
    )
    said = covers(after, before)
    near = tuple(
        {
            n * SCALE * f // 100
            for n in (*old.rows, *new.rows, old.numbers[0], new.numbers[0], 250)
            for f in (100, old.numbers[1], new.numbers[1], 33)
        }
    )
    found = ""
    for _ in range(STATES):
        facts = ASKING["state"](rng, rules, near)
        found = ASKING["allows_more"](ASKING["asked"](rules[1], facts), ASKING["asked"](rules[0], facts))
        if found:
            break
    SEEN[f"{'not looser' if said else 'may be looser'}, {'state found' if found else 'no state found'}"] += 1
    assert not (said and found), (
        f"seed {seed}: the new rule asks for less of `{found}`:\n{old.text}\n---\n{new.text}"
    )


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 10**9))
def test_no_pair_is_called_stricter_when_a_state_shows_otherwise(seed: int) -> None:
    look(seed)


@pytest.mark.nightly
def test_no_pair_of_many_is_called_stricter_when_a_state_shows_otherwise() -> None:
    for seed in range(20_000):
        look(seed)
    print(dict(SEEN))  # noqa: T201  the figures of the night


def test_the_search_finds_a_state_where_a_limit_was_raised() -> None:
    rng, found = random.Random(1), 0  # noqa: S311  pairs, not secrets
    for _ in range(60):
        old = replace(
            PAIRS["written"](rng), leaves=("account.open_loss >= limit",), joints=(), if_unknown="hold"
        )
        new = replace(old, numbers=(old.numbers[0] + 100, *old.numbers[1:]))
        rules = (PAIRS["compiled"](old), PAIRS["compiled"](new))
        if None in rules:
            continue
        near = (old.numbers[0] * SCALE, new.numbers[0] * SCALE)
        states = (ASKING["state"](rng, rules, near) for _ in range(STATES))
        found += any(
            ASKING["allows_more"](ASKING["asked"](rules[1], f), ASKING["asked"](rules[0], f)) for f in states
        )
    assert found >= 40
