"""Symbols: which the venue lists, and which name one month only."""

import re

from dsl.check_context import Context
from dsl.problems import Span
from dsl.suggest import did_you_mean

_MONTH = re.compile(r"([0-9]?[A-Z][A-Z0-9]+?)[FGHJKMNQUVXZ][0-9]{1,2}")
"""A root of two characters or more, the letter of a month, the last digits of a year: ESZ6."""


def check_symbol(symbol: str, span: Span, context: Context) -> bool:
    """Report a symbol that no listed contract resolves to; say whether it can be used."""
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


def month_root(symbol: str) -> str:
    """Return the root of a symbol with a month (`ESZ6`), empty for one without."""
    match = _MONTH.fullmatch(symbol)
    return match.group(1) if match else ""
