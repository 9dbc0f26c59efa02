"""The kinds that a function of the language takes and gives, read off its annotations."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from dsl import kinds
from dsl.hours import EventCalendar, SymbolHours
from dsl.kinds import Kind
from engine.facts import Facts
from engine.units import Contracts, Duration, Instant, Money, Number, Percent, Price, Ticks, TimeOfDay

_KINDS: dict[Any, Kind] = {
    Money: kinds.MONEY,
    Contracts: kinds.CONTRACTS,
    Ticks: kinds.TICKS,
    Price: kinds.PRICE,
    Duration: kinds.DURATION,
    Instant: kinds.TIME,
    TimeOfDay: kinds.TIME_OF_DAY,
    Percent: kinds.PERCENT,
    Number: kinds.NUMBER,
    SymbolHours: kinds.SCHEDULE,
    EventCalendar: kinds.EVENTS,
    bool: kinds.YES_NO,
    str: kinds.TEXT,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a function. `takes_unknown`: the function itself deals with an unknown value."""

    name: str
    kind: Kind
    takes_unknown: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes and gives. A kind whose name is in `variables` stands for whatever is given there.

    `needs_facts`: its first Python argument is the facts. `amounts`: variables that must be quantities.
    """

    parameters: tuple[Parameter, ...]
    result: Kind
    may_be_unknown: bool
    needs_facts: bool
    variables: frozenset[str]
    amounts: frozenset[str]
    summary: str


@cache
def signature(function: Callable[..., object]) -> Signature:
    """Return the signature of a function. Raises TypeError for an annotation that is no kind of the language."""
    hints = get_type_hints(function)
    result, may_be_unknown = kind_of(hints.pop("return"))
    needs_facts = any(hint is Facts for hint in hints.values())
    parameters = tuple(Parameter(name, *kind_of(hint)) for name, hint in hints.items() if hint is not Facts)
    found = [variable for hint in hints.values() for variable in _variables(hint)]
    return Signature(
        parameters,
        result,
        may_be_unknown,
        needs_facts,
        frozenset(variable.__name__ for variable in found),
        frozenset(variable.__name__ for variable in found if variable.__bound__ is int),
        (inspect.getdoc(function) or "").partition("\n")[0],
    )


def kind_of(hint: Any) -> tuple[Kind, bool]:
    """Return the kind of an annotation and whether it may be unknown (`… | None`)."""
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        return kind_of(inner)[0], True
    if get_origin(hint) is tuple:
        return kinds.list_of(kind_of(get_args(hint)[0])[0]), False
    if isinstance(hint, TypeVar):
        return Kind(hint.__name__), False
    if hint not in _KINDS:
        raise TypeError(f"{hint} is not a kind of the rule language")
    return _KINDS[hint], False


def _variables(hint: Any) -> list[TypeVar]:
    if isinstance(hint, TypeVar):
        return [hint]
    return [variable for part in get_args(hint) for variable in _variables(part)]
