"""Values in words people read: `$1,250`, `3 contracts`, `6h 49m`, `17:00 CST`."""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dsl import kinds
from dsl.kinds import Kind
from engine.facts import Facts
from engine.units import DAY, HOUR, MINUTE, PRICE_SCALE, SCALE, SECOND, Duration

UNKNOWN = "unknown"
UNLIMITED_FROM = 10**24
"""An amount from here on stands for `unlimited`, whatever was added to it or taken from it."""

CENT = Decimal("0.01")


def say(kind: Kind, value: Any, f: Facts | None = None) -> str:
    """Return a value in words; `f` places instants in the ruleset's zone and is needed for them only."""
    if value is None:
        return UNKNOWN
    if kind == kinds.TIME and f is not None:
        return f.say(value)
    if kinds.is_list(kind) and kind.of is not None:
        inner = kind.of
        return ", ".join(say(inner, entry, f) for entry in value)
    return WORDS.get(kind, str)(value)


def money(value: int) -> str:
    """Return an amount in dollars, cents only where there are any."""
    if abs(value) >= UNLIMITED_FROM:
        return "unlimited"
    amount = (Decimal(abs(value)) / SCALE).quantize(CENT, ROUND_HALF_EVEN)
    sign = "-" if value < 0 and amount else ""
    return f"{sign}${amount:,.0f}" if amount == int(amount) else f"{sign}${amount:,.2f}"


def plain(value: int) -> str:
    """Return a number without needless zeros."""
    if abs(value) >= UNLIMITED_FROM:
        return "unlimited"
    return f"{_trimmed(Decimal(value) / SCALE)}"


def counted(one: str, many: str) -> Callable[[int], str]:
    """Return how an amount in a unit is said: `1 contract`, `3 contracts`."""

    def words(value: int) -> str:
        number = plain(value)
        return number if number == "unlimited" else f"{number} {one if abs(value) == SCALE else many}"

    return words


def percent(value: int) -> str:
    """Return a percentage: 400,000 is `40%`."""
    return f"{_trimmed(Decimal(value * 100) / SCALE)}%"


def price(value: int) -> str:
    """Return a price with at least two decimals."""
    text = _trimmed(Decimal(value) / PRICE_SCALE)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}"


def duration(value: int) -> str:
    """Return a duration in its two largest units, what is smaller cut off: `6h 49m`."""
    sign, left = ("-", -value) if value < 0 else ("", value)
    if abs(value) >= UNLIMITED_FROM:
        return "unlimited"
    parts = []
    for length, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")):
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count}{unit}")
    if not parts:
        return f"{sign}{left // 1000}ms" if left >= 1000 else "0s"
    return sign + " ".join(parts[:2])


def time_of_day(value: int) -> str:
    """Return a time of day, with seconds only where there are any."""
    minutes, seconds = divmod(value // SECOND, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _range(value: tuple[int, int]) -> str:
    return f"{time_of_day(value[0])}..{time_of_day(value[1])}"


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _trimmed(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


WORDS: dict[Kind, Callable[[Any], str]] = {
    kinds.MONEY: money,
    kinds.CONTRACTS: counted("contract", "contracts"),
    kinds.TICKS: counted("tick", "ticks"),
    kinds.POINTS: counted("point", "points"),
    kinds.PERCENT: percent,
    kinds.NUMBER: plain,
    kinds.ZERO: plain,
    kinds.UNLIMITED: plain,
    kinds.PRICE: price,
    kinds.DURATION: duration,
    kinds.TIME_OF_DAY: time_of_day,
    kinds.TIME_RANGE: _range,
    kinds.YES_NO: _yes_no,
}


def as_duration(value: Duration) -> str:
    """Return a duration as it is written in a rule: `6h49m`."""
    return duration(value).replace(" ", "")
