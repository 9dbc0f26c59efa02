"""Which kinds of event can change an expression."""

from collections.abc import Iterable

from dsl.fact import Fact
from dsl.typed import AggregateUse, FunctionUse, Typed
from engine.rule import Topic


def topics_of(expressions: Iterable[Typed]) -> frozenset[Topic]:
    """Return the topics that the expressions depend on, aggregates and schedules included."""
    found: set[Topic] = set()
    for expression in expressions:
        for part in expression.walk():
            match part.ref:
                case Fact() as fact:
                    found |= fact.topics
                case AggregateUse(stream=stream, span=span):
                    found |= stream.topics if stream is not None else set()
                    found |= {Topic.CLOCK} if span is not None else set()
                case FunctionUse(word=word) if word in ("inside", "outside", "near"):
                    found.add(Topic.CLOCK)
                case _:
                    pass
    return frozenset(found)


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
