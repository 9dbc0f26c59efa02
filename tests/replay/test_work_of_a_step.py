"""How much work a step is, in calls instead of microseconds: the same on a busy machine as on a quiet one."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dsl.pipeline import load_ruleset
from engine.events import Event, QuoteSeen
from engine.ledger import book
from engine.rule import RuleSet
from engine.state import State
from engine.step import step
from engine.trades import Book, Context, pair
from engine.units import SECOND, Instant, Money, Price
from engine.venue import Fill, Quote, Side
from service.store.encode import from_text

DAY = Path(__file__).parents[1] / "replay"
STARTER = Path(__file__).parents[2] / "rulesets" / "starter"
ACCOUNT = 9_120_345


def calls_in(work: Callable[[], object]) -> int:
    """Return how many functions are called, those of Python's own included."""
    seen = count()

    def note(_frame: object, what: str, _argument: object) -> None:
        if what in ("call", "c_call"):
            next(seen)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(seen)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    ruleset = load_ruleset(STARTER).ruleset
    assert ruleset is not None
    return ruleset


@pytest.fixture(scope="module")
def noon(rules: RuleSet) -> tuple[State, QuoteSeen]:
    """Return the recorded day's state when a position was just opened, and a quote of its contract."""
    lines = (DAY / "day.jsonl").read_text(encoding="utf-8").splitlines()
    events: list[Any] = [from_text(line[6:], Event) for line in lines if line.startswith("event ")]
    state = State(ACCOUNT, started_at=events[0].at)
    for event in events:
        state, _ = step(state, event, rules)
        if state.positions and state.ledger.fills and state.settling_since is None:
            break
    held = next(iter(state.positions.values()))
    tick = state.instruments[held.contract].tick_size
    bid = Price(held.average_price - 4 * tick)
    at = Instant(state.now + 1000)
    return state, QuoteSeen(at, Quote(held.contract, bid, Price(bid + tick), bid, at))


def with_more_fills(state: State, rules: RuleSet, number: int) -> State:
    """Return the state as if the day had so many small trades before, one a second."""
    last = state.ledger.fills[-1]

    def made() -> Iterator[Fill]:
        for place in range(number):
            at = Instant(last.executed_at - (number - place + 2) * SECOND)
            side, pnl = (Side.BUY, None) if place % 2 == 0 else (Side.SELL, Money(0))
            yield replace(last, id=place, order_id=place, side=side, size=1, pnl=pnl, executed_at=at)

    ledger = book(state.ledger, made()).ledger
    context = Context(state.instruments, ledger.own_orders, rules.settings.breakeven_band)
    more = pair(Book(edition=state.book.edition + 1), ledger.valid(), context)
    return state.but(ledger=ledger, book=more)


def quote_after_quote(state: State, event: QuoteSeen, rules: RuleSet) -> int:
    """Return the calls of a quote's step, the one after a first that may have to add things up anew."""
    warm, _ = step(state, event, rules)
    quote = replace(event.quote, quoted_at=Instant(event.quote.quoted_at + 1000))
    later = replace(event, at=Instant(event.at + 1000), quote=quote)
    return calls_in(lambda: step(warm, later, rules))


def test_a_quote_is_no_more_work_after_a_thousand_fills_than_after_ten(
    noon: tuple[State, QuoteSeen], rules: RuleSet
) -> None:
    state, event = noon

    few = quote_after_quote(with_more_fills(state, rules, 10), event, rules)
    many = quote_after_quote(with_more_fills(state, rules, 1000), event, rules)

    assert many <= few * 1.2


def test_a_quote_through_all_shipped_rules_is_at_most_so_many_calls(
    noon: tuple[State, QuoteSeen], rules: RuleSet
) -> None:
    state, event = noon

    calls = quote_after_quote(state, event, rules)

    assert calls <= MOST_CALLS


MOST_CALLS = 2000
"""Python makes some five million calls a second: whoever raises this makes every replay slower."""
