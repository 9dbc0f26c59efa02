"""Which kinds of event can change an expression."""

from collections.abc import Iterable

from dsl.fact import MARKET, SESSION, TRADING_DAY, Fact
from dsl.typed import AggregateUse, FunctionUse, Typed
from engine.rule import Topic
from engine.streams import Stream
from engine.windows import OverLast, SpanStart

BY_THE_CALENDAR = frozenset({SESSION, MARKET, TRADING_DAY})
"""What changes facts by time at instants known beforehand."""

PLANNED_SPANS = frozenset(
    {
        SpanStart.RESET,
        SpanStart.TRADING_DAY,
        SpanStart.WEEK,
        SpanStart.MONTH,
        SpanStart.SESSION,
        SpanStart.START,
    }
)
"""Windows that begin anew at instants known beforehand."""


def topics_of(expressions: Iterable[Typed]) -> frozenset[Topic]:
    """Return the topics that the expressions depend on, aggregates and schedules included.

    Of time they depend on the calendar where it is known beforehand when an answer changes, else on the clock: a rule
    that reads the clock is looked at again at every event, any other one at the instant that its `wake` gives.
    """
    found: set[Topic] = set()
    for expression in expressions:
        for part in expression.walk():
            match part.ref:
                case Fact() as fact:
                    found |= _planned(fact.topics) if fact.wakes in BY_THE_CALENDAR else fact.topics
                case AggregateUse() as use:
                    found |= use.stream.topics if use.stream is not None else set()
                    if use.span is not None:
                        found.add(Topic.CALENDAR if _is_planned(use) else Topic.CLOCK)
                case FunctionUse(word="near"):
                    found.add(Topic.CLOCK)
                case FunctionUse(word=word) if word in ("inside", "outside"):
                    found.add(Topic.CALENDAR)
                case _:
                    pass
    return frozenset(found)


def _planned(topics: frozenset[Topic]) -> set[Topic]:
    return {Topic.CALENDAR if topic is Topic.CLOCK else topic for topic in topics}


def _is_planned(use: AggregateUse) -> bool:
    """Say whether a window changes by its stream's own events and at instants that its items or the calendar tell."""
    if use.stream is None or use.stream.stream not in (Stream.FILLS, Stream.ENTRIES, Stream.TRADES):
        return False
    return isinstance(use.span, OverLast) or use.span in PLANNED_SPANS


SUBJECTS: dict[str, frozenset[Topic]] = {
    "account": frozenset(),
    "symbol": frozenset({Topic.POSITIONS, Topic.ORDERS}),
    "position": frozenset({Topic.POSITIONS}),
    "trade": frozenset({Topic.FILLS}),
}
"""What brings a new symbol, position or trade: a rule that reads nothing else (`symbol in blocked`) must see it."""


def streams_of(expression: Typed) -> frozenset[str]:
    """Return the streams of past events that an expression aggregates over."""
    uses = (part.ref for part in expression.walk() if isinstance(part.ref, AggregateUse))
    return frozenset(
        use.stream.word for use in uses if use.stream is not None and use.stream.stream is not None
    )
