"""Symbols: which the venue lists, and which name one month only."""

import re

from dsl import kinds
from dsl.check_context import Context
from dsl.problems import Span
from dsl.suggest import did_you_mean
from dsl.typed import Constant, Table, Typed

_MONTH = re.compile(r"([0-9]?[A-Z][A-Z0-9]+?)[FGHJKMNQUVXZ][0-9]{1,2}")
"""A root of two characters or more, the letter of a month, the last digits of a year: ESZ6."""


def check_symbol(symbol: str, span: Span, context: Context) -> bool:
    """Report a symbol that this rule cannot mean or that no listed contract resolves to; say whether it can be used."""
    if not check_month(symbol, span, context):
        return False
    roots = context.ruleset.known_roots
    if roots is None or symbol == "other" or symbol in roots or month_root(symbol) in roots:
        return True
    context.report(
        "E316",
        f"the broker lists no contract for `{symbol}`",
        span,
        help=did_you_mean(symbol, roots) or "see `risk doctor` for the symbols it lists",
    )
    return False


def check_month(symbol: str, span: Span, context: Context) -> bool:
    """Report a month in a rule that adds all months of a symbol up; say whether the symbol can be used."""
    if context.scope == "position" or not month_root(symbol):
        return True
    context.report(
        "E317",
        f"`{symbol}` names one month, but this rule adds all months of a symbol up",
        span,
        help=f"write `{month_root(symbol)}`, or use `scope: position`",
    )
    return False


def month_root(symbol: str) -> str:
    """Return the root of a symbol with a month (`ESZ6`), empty for one without."""
    match = _MONTH.fullmatch(symbol)
    return match.group(1) if match else ""


def symbols_in(typed: Typed) -> tuple[str, ...]:
    """Return the symbols that a constant names: itself, its entries, or the keys of its rows."""
    if not isinstance(typed.ref, Constant):
        return ()
    value = typed.ref.value
    if isinstance(value, Table):
        return tuple(value.rows)
    if typed.kind == kinds.SYMBOL:
        return (str(value),)
    return tuple(map(str, value)) if typed.kind == kinds.list_of(kinds.SYMBOL) else ()
