"""When time alone can change an answer: schedules, the clock, ages, news, and windows that lose an item."""

from collections.abc import Callable, Iterable
from typing import Any

from dsl.compile_crossing import crossing, crossing_wake
from dsl.fact import MARKET, NEWS, SECOND, SESSION, TRADING_DAY, Fact
from dsl.typed import FunctionUse, Typed
from engine.facts import Facts
from engine.units import SECOND as ONE_SECOND
from engine.units import Instant

Read = Callable[[Facts], Any]
Wake = Callable[[Facts], Instant | None]


def earliest(wakes: Iterable[Wake]) -> Wake:
    """Return the function that gives the earliest of several instants, None if none will ever come."""
    known = tuple(wakes)

    def wake(f: Facts) -> Instant | None:
        moments = [moment for each in known if (moment := each(f)) is not None]
        return min(moments, default=None)

    return wake


def wakes_of(typed: Typed, compiled: Callable[[Typed], Read]) -> list[Wake]:
    """Return what can change an expression by time alone, windows left out."""
    found: dict[str, Wake] = {}
    wakes: list[Wake] = []
    waiting, seen = [typed], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        crossed = crossing(part)
        waiting += [crossed[1]] if crossed is not None else part.parts
        if crossed is not None:
            field, bound, course = crossed
            wakes.append(crossing_wake(compiled(field), compiled(bound), course))
            if course.jumps:
                found[course.jumps] = BY_FACT[course.jumps]
        elif isinstance(part.ref, Fact) and part.ref.wakes:
            found[part.ref.wakes] = BY_FACT[part.ref.wakes]
        elif isinstance(part.ref, FunctionUse) and part.ref.word in ("inside", "outside"):
            wakes.append(_of_schedule(compiled(part.parts[0])))
        elif isinstance(part.ref, FunctionUse) and part.ref.word == "near":
            wakes.append(_of_events(*(compiled(argument) for argument in part.parts)))
    return [*found.values(), *wakes]


def window_wake(key: str) -> Wake:
    """Return when time alone next changes a window."""
    return lambda f: f.window_change(key)


def _of_schedule(hours: Read) -> Wake:
    return lambda f: hours(f).at(f.symbol.name).next_change(f.now)


def _of_events(events: Read, before: Read, after: Read) -> Wake:
    def wake(f: Facts) -> Instant | None:
        ahead, behind = before(f), after(f)
        if ahead is None or behind is None:
            return None
        change: Instant | None = events(f).next_change(ahead, behind)
        return change

    return wake


def _second(f: Facts) -> Instant | None:
    return Instant((f.now // ONE_SECOND + 1) * ONE_SECOND)


def _session(f: Facts) -> Instant | None:
    return f.view.settings.calendar.session(f.symbol.name).next_change(f.now)


def _market(f: Facts) -> Instant | None:
    return f.view.settings.calendar.market(f.symbol.name).next_change(f.now)


def _trading_day(f: Facts) -> Instant | None:
    return f.view.settings.calendar.trading_day.next_after(f.now)


def _news(f: Facts) -> Instant | None:
    """Just behind the next release: then the one after it is the next."""
    coming = f.news.next_time
    return Instant(coming + 1) if coming is not None else None


BY_FACT: dict[str, Wake] = {
    SECOND: _second,
    SESSION: _session,
    MARKET: _market,
    TRADING_DAY: _trading_day,
    NEWS: _news,
}
