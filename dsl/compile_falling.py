"""When a count over the last hour falls below its limit by time alone: with which of its items, and not sooner."""

from collections.abc import Callable

from dsl.aggregates.count import Count
from dsl.compile_wake import Read, Wake
from dsl.compile_windows import PlannedWindow
from dsl.nodes import Compare
from dsl.typed import AggregateUse, LetUse, Typed
from engine.facts import Facts
from engine.measure import window_key
from engine.units import SCALE, Instant
from engine.windows import OverLast


def falling_count(
    until: Typed, planned: Callable[[Typed], PlannedWindow], read: Callable[[Typed], Read]
) -> Wake | None:
    """Return when `count(… over last …) < limit` becomes true if nothing happens; None for any other condition."""
    until = _unnamed(until)
    if not isinstance(until.node, Compare) or until.ref is not None:
        return None
    sides = {"<": until.parts, "<=": until.parts, ">": until.parts[::-1], ">=": until.parts[::-1]}
    if until.node.op not in sides:
        return None
    count, limit = sides[until.node.op]
    count = _unnamed(count)
    if not (isinstance(count.ref, AggregateUse) and count.ref.word == "count"):
        return None
    if not isinstance(count.ref.span, OverLast):
        return None
    return _wake(planned(count), count.ref.span, read(limit), is_strict=until.node.op in "<>")


def _unnamed(typed: Typed) -> Typed:
    """Return what a name stands for."""
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    return typed


def _wake(window: PlannedWindow, span: OverLast, limit: Read, *, is_strict: bool) -> Wake:
    counter = window.accumulator
    assert isinstance(counter, Count), "a count is counted by its own accumulator"

    def wake(f: Facts) -> Instant | None:
        most, held = limit(f), f.view.state.windows.get(window_key(f.view, window.key))
        if most is None or held is None:
            return None
        number = -(-most // SCALE) - 1 if is_strict else most // SCALE
        last = counter.left_at(held.state, number)
        return Instant(last + span.length) if last is not None else None

    return wake
