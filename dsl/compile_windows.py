"""Aggregates, compiled: those over past items become windows that the engine keeps, those over now a loop."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from dsl.compile_source import Code, Function, Module
from dsl.typed import AggregateUse, Typed
from engine.facts import Facts
from engine.units import Instant
from engine.windows import Accumulator, OverLast

DIGITS = 8
"""Of the digest that tells windows with the same words and other parameters apart."""


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """A window whose functions are written but not loaded yet. `uses` is what its meaning depends on."""

    key: str
    use: AggregateUse
    keep: str
    value: str
    accumulator: Accumulator


@dataclass(slots=True)
class Windows:
    """The aggregates of one rule by key, and the keys by node. The same aggregate written twice is one window."""

    module: Module
    planned: dict[str, PlannedWindow] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)


class ExpressionCompiler(Protocol):
    """What compiles the inside of an aggregate."""

    def compile(self, typed: Typed) -> Code: ...


MakeCompiler = Callable[[Function, Windows], ExpressionCompiler]


def compile_aggregate(
    typed: Typed, use: AggregateUse, function: Function, windows: Windows, make: MakeCompiler
) -> Code:
    """Return an aggregate as code: it may always be unknown, because the history or a quote may be."""
    value = typed.parts[0] if use.has_value else None
    where = typed.parts[-1] if use.has_where else None
    keep, taken = _written(use, value, where, windows, make)
    if use.stream is not None and use.stream.stream is None:
        return _over_now(use, keep, taken, function)
    key = f"{' '.join(typed.span.text.split())} {_digest(use, (keep, taken), windows.module)}"
    if key not in windows.planned:
        make_it = use.spec.make if use.stream is not None else use.spec.sample
        assert make_it is not None, "the checker refuses a field where a stream is needed"
        accumulator = make_it(isinstance(use.span, OverLast))
        windows.planned[key] = PlannedWindow(key, use, keep, taken, accumulator)
    windows.keys[id(typed)] = key
    return function.cached(("window", key), lambda: function.hold(f"f.window({key!r})", may_be_none=True))


def _written(
    use: AggregateUse, value: Typed | None, where: Typed | None, windows: Windows, make: MakeCompiler
) -> tuple[str, str]:
    """Write the two functions of an aggregate: which items count, and as what."""
    keep, taken = Function(windows.module, "keep", "i, f"), Function(windows.module, "value", "i, f")
    if use.word == "streak":
        keeps = "not i.is_scratch" if use.stream and use.stream.has_scratches else "True"
        takes = f"1 if {make(taken, windows).compile(where).text} else 0" if where else "1"
    else:
        keeps = make(keep, windows).compile(where).text if where else "True"
        takes = make(taken, windows).compile(value).text if value else "1"
    return keep.finish(keeps), taken.finish(takes)


def _digest(use: AggregateUse, names: tuple[str, str], module: Module) -> str:
    """Return what changes when the meaning of a window does: its span, its code, the tables it reads."""
    bodies = {name: body for body, name in module.names.items()}
    text = "\n".join([use.word, repr(use.span), *(bodies[name] for name in names)])
    for name, known in sorted(module.objects.items(), reverse=True):
        if isinstance(known, dict | frozenset):
            content = sorted(map(str, known.items() if isinstance(known, dict) else known))
            text = text.replace(name, repr(content))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _over_now(use: AggregateUse, keep: str, value: str, function: Function) -> Code:
    module = function.module
    assert use.stream is not None, "what is now is a stream without a window"
    helper = module.name_for(over_now, "over_now")
    name = use.word.upper()
    module.objects.setdefault(name, use.spec.make(False))
    text = f"{helper}(f, f.{use.stream.word}, {keep}, {value}, {name})"
    return function.hold(text, may_be_none=True)


def over_now(
    f: Facts,
    items: Iterable[Any] | None,
    keep: Callable[[Any, Facts], bool | None],
    value: Callable[[Any, Facts], int | None],
    accumulator: Accumulator,
) -> int | None:
    """Return an aggregate over what is there now; unknown as soon as one item that may count is unknown."""
    if items is None:
        return None
    held = accumulator.empty()
    for item in items:
        kept = keep(item, f)
        if kept is False:
            continue
        counted = value(item, f)
        if kept is None or counted is None:
            return None
        held = accumulator.add(held, counted, Instant(0))
    return accumulator.result(held)
