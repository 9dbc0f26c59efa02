"""What is stored comes back exactly."""

from dataclasses import dataclass
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.enforcement import Enforcement
from engine.events import Event, QuoteSeen
from engine.held import Held
from engine.locks import Lock
from engine.outcome import Decision
from engine.state import State
from engine.units import Instant
from engine.venue import Quote
from service.store.encode import NotStorable, from_text, to_text

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)
st.register_type_strategy(Held, st.builds(Held, since=st.integers().map(Instant), state=PLAIN))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.from_type(Event))  # type: ignore[arg-type]  # a union is a type to hypothesis
def test_every_event_comes_back_as_it_was(event: Event) -> None:
    assert from_text(to_text(event, Event), Event) == event


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.from_type(State))
def test_every_state_comes_back_as_it_was(state: State) -> None:
    text = to_text(state, State)

    back = from_text(text, State)

    assert back == state
    assert to_text(back, State) == text


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.from_type(Lock), st.from_type(Enforcement), st.from_type(Decision))
def test_locks_enforcements_and_decisions_come_back(
    lock: Lock, record: Enforcement, decision: Decision
) -> None:
    assert from_text(to_text(lock, Lock), Lock) == lock
    assert from_text(to_text(record, Enforcement), Enforcement) == record
    assert from_text(to_text(decision, Decision), Decision) == decision


def test_a_lone_surrogate_from_the_venue_can_be_stored() -> None:
    quote = QuoteSeen(Instant(1), Quote("\ud800", None, None, None, Instant(1)))

    text = to_text(quote, Event)

    assert text.isascii()
    assert from_text(text, Event) == quote


def test_a_mapping_that_comes_back_cannot_be_written_to() -> None:
    back = from_text(to_text(State(1), State), State)

    assert isinstance(back.locks, MappingProxyType)


@pytest.mark.parametrize("wrong", [1.5, [1], {"a": 1}, object()])
def test_a_window_that_holds_anything_but_plain_values_is_refused(wrong: object) -> None:
    state = State(1, windows={"x": Held(Instant(0), (wrong,))})

    with pytest.raises(NotStorable):
        to_text(state, State)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        '{"is":"Nobody"}',
        '{"is":"ClockTick"}',
        '{"is":"ClockTick","at":1.5}',
        '{"at":1}',
    ],
)
def test_text_that_was_not_written_by_us_is_refused(text: str) -> None:
    with pytest.raises(NotStorable):
        from_text(text, Event)


@dataclass(frozen=True)
class Before:
    a: int


@dataclass(frozen=True)
class After:
    a: int
    b: tuple[int, ...] = (7,)


def test_a_row_from_before_a_field_was_added_reads_with_its_default() -> None:
    assert from_text(to_text(Before(1), Before), After) == After(1, (7,))


def test_a_row_of_a_newer_version_is_refused_instead_of_half_understood() -> None:
    with pytest.raises(NotStorable, match="does not know"):
        from_text(to_text(After(1, (8,)), After), Before)
