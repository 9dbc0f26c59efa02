"""Quantities as traders write them: `$512`, `-$12.50`, `3 contracts`, `80%`, `10 ticks`, `5m 00s`."""

from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from cli.moments import length

CENT = Decimal("0.01")
UNLIMITED_FROM = Decimal(10) ** 18
"""No account has that much of anything: an amount from here on stands for `unlimited`."""


def money(amount: Decimal, *, signed: bool = False) -> str:
    """Return dollars; cents only where there are any. With `signed` a gain carries its plus."""
    cents = amount.quantize(CENT, rounding=ROUND_HALF_EVEN)
    sign = "-" if cents < 0 else "+" if signed and cents > 0 else ""
    size = abs(cents)
    return f"{sign}${size:,.0f}" if size == size.to_integral_value() else f"{sign}${size:,.2f}"


def bare(amount: Decimal) -> str:
    """Return a plain number without a tail of zeros."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price(amount: Decimal) -> str:
    """Return a price as the platform shows it, without separators.

    An average may lie between all ticks; then it is rounded. The finest tick of a future has eight decimals.
    """
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -8:
        amount = amount.quantize(CENT if abs(amount) >= 100 else Decimal("0.00001"))
    return bare(amount).replace(",", "")


def quantity(amount: Decimal | None, unit: str) -> str:
    """Return an amount without its word: `$512`, `3`, `80%`, `5m 00s`; `?` where it is not known.

    Durations are published in seconds, percentages as parts of one.
    """
    if amount is None:
        return "?"
    if abs(amount) >= UNLIMITED_FROM:
        return "unlimited"
    match unit:
        case "money":
            return money(amount)
        case "percent":
            return f"{bare(amount * 100)}%"
        case "duration":
            return length(timedelta(seconds=int(amount)))
        case _:
            return bare(amount)


def against(value: Decimal | None, limit: Decimal | None, unit: str, label: str = "") -> str:
    """Return value and limit of a gauge and what they are: `$512 / $500 lost today`, `3/5 contracts held`.

    Only the words where a rule measures nothing; empty where it has none of these.
    """
    if value is None and limit is None and not unit:
        return label
    is_counted = unit in {"contracts", "ticks", "points", "number"}
    words = label or (unit if is_counted and unit != "number" else "")
    stroke = "/" if is_counted else " / "
    return f"{quantity(value, unit)}{stroke}{quantity(limit, unit)} {words}".rstrip()


def seconds(milliseconds: Decimal) -> str:
    """Return a short time: `0.4 s`, `12 s`; below a tenth of a second in milliseconds."""
    if milliseconds < 100:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s" if milliseconds < 10_000 else f"{milliseconds / 1000:.0f} s"
