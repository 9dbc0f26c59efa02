"""Gauges, compiled: the pair with its unit, what arms it, and for rules about hours when these end."""

from collections.abc import Callable
from typing import Any

from dsl.check_gauge import is_count, unit_of, unnamed
from dsl.checked_rule import CheckedGauge
from dsl.compile_wake import wakes_of
from dsl.fact import OF_TRADE, Fact
from dsl.nodes import Logic, Not
from dsl.typed import FunctionUse, Typed
from engine.facts import Facts
from engine.rule import Condition, Gauge
from engine.units import Instant

Read = Callable[[Facts], Any]
Compile = Callable[[Typed, str], Read]


def compile_gauge(pair: CheckedGauge | None, read: Compile) -> Gauge | None:
    """Return a gauge for the engine, None where there is none to draw."""
    unit = unit_of(pair.value, pair.limit) if pair is not None else None
    if pair is None or unit is None:
        return None
    return Gauge(
        value=read(pair.value, "gauge_value"),
        limit=read(pair.limit, "gauge_limit"),
        unit=unit,
        label=pair.label,
        is_count=is_count(pair.value),
        armed=_all_of([read(part, "armed") for part in pair.armed]),
        of_trade=any(_is_of_trade(part) for side in (pair.value, pair.limit) for part in side.walk()),
        others=tuple(other for each in pair.others if (other := compile_gauge(each, read)) is not None),
    )


def end_of_hours(when: Typed, read: Compile) -> Callable[[Facts], Instant | None] | None:
    """Return when the hours end that a condition such as `outside(open_hours)` keeps; None for other conditions."""
    when = unnamed(when)
    if isinstance(when.node, Logic) and when.node.op == "and":
        found = (end_of_hours(part, read) for part in when.parts)
        return next((end for end in found if end is not None), None)
    is_negated = isinstance(when.node, Not)
    call = unnamed(when.parts[0]) if is_negated else when
    if not (isinstance(call.ref, FunctionUse) and call.ref.word == ("inside" if is_negated else "outside")):
        return None
    return wakes_of(call, lambda part: read(part, "closes"))[0]


def _all_of(conditions: list[Condition]) -> Condition | None:
    """Return whether none of several conditions is known to be false; None if there are none."""
    if not conditions:
        return None

    def armed(f: Facts) -> bool:
        return all(condition(f) is not False for condition in conditions)

    return armed


def _is_of_trade(part: Typed) -> bool:
    return isinstance(part.ref, Fact) and part.ref.scopes == OF_TRADE
