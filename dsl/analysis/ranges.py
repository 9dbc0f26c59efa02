"""What the catalogue knows about values: sizes are never negative, a clock goes to midnight, a count is no less than 0."""

from dsl import kinds
from dsl.analysis.interval import ANYTHING, SIZE, YES_OR_NO, Interval, exactly
from dsl.fact import Fact
from dsl.facts import FACTS
from dsl.typed import AggregateUse, Constant, LetUse, Table, Typed
from engine.streams import REMEMBERED
from engine.units import DAY, SCALE

CLOCK = SIZE.meet(exactly(0).join(exactly(DAY - 1)))

SIDES = {"_loss": "loss", "_profit": "profit", ".loss": "loss", ".profit": "profit"}
"""Endings of fields that are one side of a signed result, with the function of the language that says which."""


def range_of_fact(fact: Fact) -> Interval:
    """Return between which values a field lies."""
    if fact.kind == kinds.YES_NO:
        return YES_OR_NO
    if fact.kind == kinds.TIME_OF_DAY:
        return CLOCK
    return SIZE if fact.never_negative else ANYTHING


def signed_twin(fact: Fact) -> tuple[str, Fact] | None:
    """Return of which signed field a loss or profit is one side: `account.open_loss` of `account.open_pnl`."""
    for ending, word in SIDES.items():
        twin = FACTS.get(f"{fact.path.removesuffix(ending)}{ending[0]}pnl")
        if fact.path.endswith(ending) and twin is not None:
            return word, twin
    return None


def range_of_aggregate(use: AggregateUse, value: Interval) -> Interval:
    """Return between which values an aggregate lies; `value` is the range of what it looks at."""
    match use.word:
        case "count" | "streak":
            most = REMEMBERED.get(use.stream.stream) if use.stream and use.stream.stream else None
            return SIZE if most is None else SIZE.meet(exactly(0).join(exactly(most * SCALE)))
        case "drawdown":
            return SIZE
        case "sum":
            return SIZE if value.low is not None and value.low >= 0 else ANYTHING
        case "min" | "max" | "avg" | "last":
            return value
        case _:
            return ANYTHING


def range_of_constant(typed: Typed) -> Interval:
    """Return the range of the entries of a list or the rows of a table that is known at load."""
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    held = typed.ref.value if isinstance(typed.ref, Constant) else ()
    if isinstance(held, Table):
        held = (*held.rows.values(), *([held.other] if held.other is not None else []))
    if not isinstance(held, tuple) or not held or not all(isinstance(entry, int) for entry in held):
        return ANYTHING
    return exactly(min(held)).join(exactly(max(held)))
