"""How long one event takes with four rules and with all shipped ones, and one item in a window: `poe bench`."""

from pathlib import Path
from typing import Any

import pytest

from dsl.aggregates import AGGREGATES
from dsl.pipeline import load_ruleset
from engine.events import Event, FillSeen, QuoteSeen
from engine.state import State
from engine.step import step
from engine.units import Instant, Price
from engine.venue import Quote
from service.store.encode import from_text

DAY = Path(__file__).parents[1] / "replay"
STARTER = Path(__file__).parents[2] / "rulesets" / "starter"
ACCOUNT = 9_120_345


@pytest.fixture(scope="module", params=[DAY / "rules", STARTER], ids=["four rules", "all shipped rules"])
def noon(request: Any) -> tuple[Any, State, dict[type, Event]]:
    """Return the rules, the state in the middle of the recorded day, and an event of each kind that follows."""
    rules = load_ruleset(request.param).ruleset
    assert rules is not None
    lines = (DAY / "day.jsonl").read_text(encoding="utf-8").splitlines()
    events: list[Any] = [from_text(line[6:], Event) for line in lines if line.startswith("event ")]
    half = len(events) // 2
    state = State(ACCOUNT, started_at=events[0].at)
    for event in events[:half]:
        state, _ = step(state, event, rules)
    samples: dict[type, Event] = {}
    for event in events[half:]:
        samples.setdefault(type(event), event)
    contract = next(iter(state.contracts))
    tick = state.instruments[contract].tick_size
    at, bid = Instant(state.now + 1000), Price(100_000 * tick)
    samples[QuoteSeen] = QuoteSeen(at, Quote(contract, bid, Price(bid + tick), bid, at))  # the day has none
    return rules, state, samples


@pytest.mark.parametrize("kind", [QuoteSeen, FillSeen], ids=["quote", "fill"])
def test_one_event_through_the_whole_engine(benchmark: Any, noon: Any, kind: type) -> None:
    rules, state, samples = noon

    after, _ = benchmark(step, state, samples[kind], rules)

    assert after.now >= state.now


def test_the_conditions_alone(benchmark: Any, noon: Any) -> None:
    from engine.evaluation import facts_for, subjects

    rules, state, _ = noon
    looks = [
        (rule, facts_for(state, rules, rule, subject))
        for rule in rules.rules
        for subject in subjects(state, rule)
    ]

    answers = benchmark(lambda: [tier.when(facts) for rule, facts in looks for tier in rule.tiers])

    assert all(answer in (True, False, None) for answer in answers)


@pytest.mark.parametrize("items", [100, 10_000, 100_000])
@pytest.mark.parametrize("word", AGGREGATES)
def test_one_item_comes_and_one_leaves(benchmark: Any, word: str, items: int) -> None:
    """The time must not depend on how many items the window holds."""
    accumulator = AGGREGATES[word].make(True)
    held, at = accumulator.empty(), 0

    def one_more() -> None:
        nonlocal held, at
        at += 1
        held = accumulator.forget(accumulator.add(held, at % 7 - 3, Instant(at)), Instant(at - items))
        accumulator.result(held)

    for _ in range(items):
        one_more()
    benchmark(one_more)

    assert accumulator.result(held) is not None
