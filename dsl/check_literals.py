"""Literals that the grammar lets through and nobody can mean: 25:00, 30m1h, half a contract."""

import re

from dsl import kinds
from dsl.check_context import Context
from dsl.nodes import Literal
from dsl.problems import Span
from engine.units import DAY, SCALE

_PARTS = re.compile(r"(\d+)(ms|[smhdw])")
_ORDER = ("w", "d", "h", "m", "s", "ms")


def check_literal(literal: Literal, context: Context) -> bool:
    """Report what is wrong with a literal; say whether it can be used."""
    match literal.kind:
        case kinds.TIME_OF_DAY | kinds.TIME_RANGE:
            return _check_time(literal, context)
        case kinds.DURATION:
            return _check_duration(literal, context)
        case kinds.CONTRACTS:
            return _check_contracts(literal, context)
        case _:
            return True


def _check_time(literal: Literal, context: Context) -> bool:
    times = literal.text.split("..")
    bad = next((time for time in times if not _exists(time)), None)
    values = literal.value if isinstance(literal.value, tuple) else (literal.value,)
    if bad is None and all(isinstance(value, int) and 0 <= value < DAY for value in values):
        return True
    text = bad or literal.text
    context.report(
        "E209", f"`{text}` is not a time of day", literal.span, help="times go from 00:00 to 23:59"
    )
    return False


def _exists(time: str) -> bool:
    hour, _, minute = time.partition(":")
    return hour.isdigit() and minute.isdigit() and int(hour) <= 23 and int(minute) <= 59


def _check_duration(literal: Literal, context: Context) -> bool:
    parts = _PARTS.findall(literal.text)
    places = [_ORDER.index(unit) for _, unit in parts]
    if places == sorted(set(places)):
        return True
    ordered = "".join(
        f"{number}{unit}" for number, unit in sorted(parts, key=lambda part: _ORDER.index(part[1]))
    )
    help_text = f"write `{ordered}`" if len(set(places)) == len(places) else "write each unit once"
    context.report("E209", f"`{literal.text}` is not a duration I understand", literal.span, help=help_text)
    return False


def _check_contracts(literal: Literal, context: Context) -> bool:
    if not isinstance(literal.value, int) or literal.value % SCALE == 0:
        return True
    whole = literal.value // SCALE
    context.report(
        "E206",
        f"`{literal.text}` is not a whole number of contracts",
        literal.span,
        help=f"write `{contracts_text(whole)}` or `{contracts_text(whole + 1)}`",
    )
    return False


def contracts_text(size: int) -> str:
    """Return a size as it is written in a rule."""
    return f"{size} contract" if size == 1 else f"{size} contracts"


def check_symbol(symbol: str, span: Span, context: Context) -> bool:
    """Report a symbol that no listed contract resolves to; say whether it can be used."""
    roots = context.ruleset.known_roots
    if roots is None or symbol == "other" or symbol in roots or month_root(symbol) in roots:
        return True
    context.report(
        "E316",
        f"the broker lists no contract for `{symbol}`",
        span,
        help="see `risk doctor` for the symbols it lists",
    )
    return False


_MONTH = re.compile(r"([0-9]?[A-Z][A-Z0-9]+?)[FGHJKMNQUVXZ][0-9]{1,2}")


def month_root(symbol: str) -> str:
    """Return the root of a symbol with a month (`ESZ6`), empty for one without."""
    match = _MONTH.fullmatch(symbol)
    return match.group(1) if match else ""
