"""Kinds of quantity, all exact integers, so that no limit is ever missed by a rounding error.

Every quantity of the rule language is counted in millionths of its unit; only prices need more. Text and
`Decimal` live at the edges (decoder, YAML, screens); a float never.
"""

from typing import NewType

SCALE = 1_000_000
"""Steps in one dollar, contract, tick, plain number or 100 percent."""

PRICE_SCALE = 1_000_000_000
"""Steps in a price of 1: the wire carries nine decimals (`gateway-api.md` 2.1), a ZT tick needs eight."""

Money = NewType("Money", int)
"""Millionths of a dollar, signed: a treasury tick is worth $7.8125, so cents are too coarse."""

Price = NewType("Price", int)
"""Billionths of the quoted price."""

Ticks = NewType("Ticks", int)
"""Millionths of a tick, signed: an average entry price lies between ticks."""

Contracts = NewType("Contracts", int)
"""Millionths of a contract as rules count them (ten micros make a mini). A size at the venue is a plain int."""

Percent = NewType("Percent", int)
"""Millionths of the whole: 40% is 400_000."""

Number = NewType("Number", int)
"""Millionths of one: counts and weights."""

Duration = NewType("Duration", int)
"""Microseconds."""

Instant = NewType("Instant", int)
"""Microseconds since 1970-01-01 00:00 UTC, on trusted time unless a docstring says otherwise."""

TimeOfDay = NewType("TimeOfDay", int)
"""Microseconds since midnight on the wall of the ruleset's zone."""

ZERO = Money(0)
ONE_TICK = Ticks(SCALE)
SECOND = Duration(1_000_000)
MINUTE = Duration(60 * SECOND)
HOUR = Duration(60 * MINUTE)
DAY = Duration(24 * HOUR)


def contracts(size: int) -> Contracts:
    """Return a size at the venue (whole contracts) as rules count it."""
    return Contracts(size * SCALE)


def whole(quantity: Contracts) -> int:
    """Return how many whole contracts fit in `quantity`; a fraction is rounded down (`dsl.md` 4)."""
    return quantity // SCALE


def after(moment: Instant, length: Duration) -> Instant:
    """Return the instant `length` later."""
    return Instant(moment + length)


def divide_half_even(numerator: int, denominator: int) -> int:
    """Return the quotient rounded half to even, exactly. Raises ZeroDivisionError.

    Source: decision 10, a division of money rounds half-even at a millionth.
    """
    quotient, rest = divmod(numerator, denominator)
    doubled = 2 * abs(rest)
    if doubled > abs(denominator) or (doubled == abs(denominator) and quotient % 2):
        quotient += 1
    return quotient
