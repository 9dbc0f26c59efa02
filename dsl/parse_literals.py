"""Literals of the expression language: from a token to a kind and an exact value."""

from collections.abc import Callable

from dsl import amounts
from dsl.kinds import (
    DATE,
    DURATION,
    MONEY,
    NUMBER,
    PERCENT,
    SYMBOL,
    TEXT,
    TIME_OF_DAY,
    TIME_RANGE,
    YES_NO,
    ZERO,
    Kind,
)
from dsl.nodes import Bad, Literal
from dsl.problems import Problem, Span
from engine.units import SCALE

Exact = int | str | bool | tuple[int, int]

_READERS: dict[str, tuple[Kind, Callable[[str], Exact]]] = {
    "MONEY": (MONEY, amounts.money),
    "PERCENT": (PERCENT, amounts.percent),
    "DURATION": (DURATION, amounts.duration),
    "TIME": (TIME_OF_DAY, amounts.time_of_day),
    "TIMERANGE": (TIME_RANGE, amounts.time_range),
    "NUMBER": (NUMBER, lambda text: amounts.scaled(text, SCALE)),
    "DATE": (DATE, amounts.day),
    "SYMBOL": (SYMBOL, str),
    "STRING": (TEXT, lambda text: text[1:-1]),
}
_SHOUTED = {"TRUE", "FALSE", "AND", "OR", "NOT", "IN"}
"""Words that other languages write large. Here they would be symbols, and no product is called so."""


def read_literal(form: str, span: Span, problems: list[Problem]) -> Literal | Bad:
    """Return the literal of a token; what has the form of an amount and means none is reported."""
    text = span.text
    if form == "SYMBOL" and text in _SHOUTED:
        problems.append(
            Problem(
                "E102", f"`{text}` is written in small letters here", span, help=f"write `{text.lower()}`"
            )
        )
        return Bad(span)
    kind, read = _READERS[form]
    try:
        value = read(text)
    except amounts.BadAmount as error:
        problems.append(Problem("E208", error.message, span, help=error.help))
        return Bad(span)
    return Literal(span, ZERO if kind == NUMBER and value == 0 else kind, value, text)


def read_amount(number: str, unit: str, span: Span, problems: list[Problem]) -> Literal | Bad:
    """Return the literal of a number with a unit in words: `5 contracts`."""
    try:
        kind, value = amounts.amount(number, unit)
    except amounts.BadAmount as error:
        problems.append(Problem("E208", error.message, span, help=error.help))
        return Bad(span)
    return Literal(span, kind, value, span.text)


def yes_no(span: Span, value: bool) -> Literal:
    """Return `true` or `false`."""
    return Literal(span, YES_NO, value, span.text)


def negated(span: Span, literal: Literal, problems: list[Problem]) -> Literal | Bad:
    """Return a literal with a minus in front, as a parameter may have it."""
    if (
        isinstance(literal.value, int)
        and not isinstance(literal.value, bool)
        and literal.kind not in {TIME_OF_DAY}
    ):
        return Literal(span, literal.kind, -literal.value, span.text)
    problems.append(
        Problem("E208", f"`{span.text}` is not an amount I understand", span, help="delete the `-`")
    )
    return Bad(span)
