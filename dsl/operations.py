"""What generated code calls: exact arithmetic that never raises, and look-ups that may be unknown."""

from collections.abc import Mapping
from typing import Any

from engine.facts import Facts
from engine.units import SCALE, divide_half_even


def multiply(amount: int, factor: int) -> int:
    """Return an amount times a number or percentage, both in millionths; rounded half-even."""
    return divide_half_even(amount * factor, SCALE)


def divide(amount: int, divisor: int) -> int | None:
    """Return an amount divided by another, in millionths, rounded half-even; unknown for a division by zero."""
    return divide_half_even(amount * SCALE, divisor) if divisor else None


def is_within(time: int, start: int, end: int) -> bool:
    """Say whether a time of day is in a range whose end is excluded and which may pass midnight."""
    return start <= time < end if start < end else time >= start or time < end


def is_among(item: Any, entries: tuple[Any, ...]) -> bool | None:
    """Say whether an item is one of the entries; unknown if it is not but one of them is unknown."""
    if item in entries:
        return True
    return None if None in entries else False


def symbol_is_among(f: Facts, entries: frozenset[str]) -> bool:
    """Say whether a position's symbol, or the month it is in, is one of the entries."""
    return f.symbol.name in entries or month_of(f) in entries


def row_of_symbol(f: Facts, rows: Mapping[str, Any], other: Any) -> Any:
    """Return the row of a position's own month, else that of its symbol, else the one for the rest."""
    return rows.get(month_of(f), rows.get(f.symbol.name, other))


def month_of(f: Facts) -> str:
    """Return root and month of the rule's contract: ESZ6; empty while the venue does not list it."""
    instrument = f.view.state.instruments.get(f.view.subject.key)
    return instrument.name if instrument is not None else ""
