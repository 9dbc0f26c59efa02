"""What a condition weighed, in words: the sides of its comparisons and its yes-or-no parts, with their values."""

from collections.abc import Callable

from dsl import kinds
from dsl.check_gauge import unnamed
from dsl.compile_gauge import Compile
from dsl.describe_expr import words_of
from dsl.nodes import Compare, Logic, Membership, Not
from dsl.say import say
from dsl.typed import Constant, Typed
from engine.facts import Facts

MOST = 12
"""So many are told; a condition with more is a table of its own."""


def compile_shown(when: Typed, read: Compile) -> Callable[[Facts], tuple[str, ...]]:
    """Return what tells `the contracts held: 3 contracts`, `limit: 2 contracts` of a condition."""
    told: dict[str, Callable[[Facts], str]] = {}
    for part in _weighed(when, set())[:MOST]:
        told.setdefault(_name(part), _teller(part, read))

    def shown(f: Facts) -> tuple[str, ...]:
        return tuple(f"{name}: {value(f)}" for name, value in told.items())

    return shown


def _weighed(typed: Typed, seen: set[int]) -> list[Typed]:
    """Return the parts in the order of reading, what stands behind a name that is used twice only once."""
    inner = unnamed(typed)
    if id(inner) in seen:
        return []
    seen.add(id(inner))
    if isinstance(inner.node, Logic | Not):
        return [weighed for part in inner.parts for weighed in _weighed(part, seen)]
    if isinstance(inner.node, Compare):
        return [part for part in inner.parts if part.kind != kinds.ZERO]
    if isinstance(inner.node, Membership):
        return list(inner.parts)
    return [typed]


def _name(part: Typed) -> str:
    if isinstance(part.ref, Constant):
        return "limit"
    words = words_of(part)
    return words.removeprefix("the ")


def _teller(part: Typed, read: Compile) -> Callable[[Facts], str]:
    value = read(part, "shown")
    return lambda f: say(part.kind, value(f), f)
