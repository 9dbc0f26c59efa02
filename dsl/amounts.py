"""Amounts between text and exact integers, in the steps of `engine/units.py`."""

import re
from datetime import date
from decimal import Decimal, localcontext

from dsl.kinds import CONTRACTS, DURATION, MONEY, NUMBER, PERCENT, POINTS, TICKS, Kind
from dsl.limits import LITERAL_DIGITS
from engine.units import SCALE

DURATION_UNITS = {
    "w": 604_800_000_000,
    "d": 86_400_000_000,
    "h": 3_600_000_000,
    "m": 60_000_000,
    "s": 1_000_000,
    "ms": 1_000,
}
"""Microseconds in each unit, the largest first."""

_WORDS = {"second": "s", "minute": "m", "hour": "h", "day": "d", "week": "w"}
_UNIT_KINDS = {"contract": CONTRACTS, "tick": TICKS, "point": POINTS}
_PART = re.compile(r"([0-9]+)(ms|[smhdw])")
_MINUTE = DURATION_UNITS["m"]


class BadAmount(ValueError):
    """A text that has the form of an amount but means none. `help` is the edit."""

    def __init__(self, message: str, help: str) -> None:  # noqa: A002 - the word of diagnostics
        super().__init__(message)
        self.message = message
        self.help = help


def scaled(text: str, scale: int) -> int:
    """Return a decimal number times `scale`. Raises BadAmount when that is no whole number, or far too large."""
    if sum(sign.isdigit() for sign in text) > LITERAL_DIGITS:
        raise BadAmount(f"this amount has more than {LITERAL_DIGITS} digits", "write a smaller number")
    with localcontext() as exact:
        exact.prec = 60
        value = Decimal(text) * scale
    if value != value.to_integral_value():
        raise BadAmount(
            f"`{text}` has too many decimals", "round it: six decimals are kept, four of a percent"
        )
    return int(value)


def money(text: str) -> int:
    """Return millionths of a dollar of `$1,250.50`."""
    return scaled(text.lstrip("$").replace(",", ""), SCALE)


def percent(text: str) -> int:
    """Return millionths of the whole of `40%`."""
    return scaled(text.rstrip("%"), SCALE // 100)


def amount(number: str, unit: str) -> tuple[Kind, int]:
    """Return kind and steps of a number with a unit in words. Raises BadAmount."""
    word = unit.rstrip("s")
    if word in _WORDS:
        return DURATION, scaled(number, DURATION_UNITS[_WORDS[word]])
    value = scaled(number, SCALE)
    if word == "contract" and value % SCALE:
        size = value // SCALE
        raise BadAmount("contracts come whole", f"write `{size} contracts` or `{size + 1} contracts`")
    return _UNIT_KINDS[word], value


def duration(text: str) -> int:
    """Return microseconds of `1h30m`. Raises BadAmount unless the units fall, each once."""
    parts = _PART.findall(text)
    total = sum(scaled(number, DURATION_UNITS[unit]) for number, unit in parts)
    order = [DURATION_UNITS[unit] for _, unit in parts]
    if order != sorted(set(order), reverse=True):
        raise BadAmount(
            f"`{text}` does not go from large units to small ones", f"write `{write_duration(total)}`"
        )
    return total


def time_of_day(text: str) -> int:
    """Return microseconds since midnight of `08:30`. Raises BadAmount beyond 23:59."""
    hours, minutes = (int(part) for part in text.split(":"))
    if hours > 23 or minutes > 59:
        raise BadAmount(f"`{text}` is not a time of day", "times go from `00:00` to `23:59`")
    return (hours * 60 + minutes) * _MINUTE


def time_range(text: str) -> tuple[int, int]:
    """Return start and end of `08:30..15:00`; an end before the start lies on the next day. Raises BadAmount."""
    start, end = text.split("..")
    return time_of_day(start), time_of_day(end)


def day(text: str) -> str:
    """Return a date as it stands. Raises BadAmount when the calendar has no such day."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadAmount(f"the calendar has no `{text}`", "write year, month and day: `2025-12-24`") from None


def write_amount(kind: Kind, value: int) -> str:
    """Return an amount as the language writes it; the reverse of reading it. Money may have up to two decimals."""
    if kind == MONEY:
        return f"${Decimal(value) / SCALE:,f}" if value % SCALE == 0 else f"${Decimal(value) / SCALE:,.2f}"
    if kind == DURATION:
        return write_duration(value)
    if kind == PERCENT:
        return f"{_number(value * 100)}%"
    if kind == NUMBER:
        return _number(value)
    word = next(word for word, unit in _UNIT_KINDS.items() if unit == kind)
    return f"{_number(value)} {word}{'' if value == SCALE else 's'}"


def write_duration(value: int) -> str:
    """Return `1h30m` of microseconds; what is less than a millisecond is left out."""
    parts = []
    for unit, size in DURATION_UNITS.items():
        count, value = divmod(value, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def write_time(value: int) -> str:
    """Return `08:30` of microseconds since midnight."""
    hours, minutes = divmod(value // _MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def _number(value: int) -> str:
    whole, rest = divmod(value, SCALE)
    return f"{whole}.{rest:06}".rstrip("0") if rest else str(whole)
