"""Instants, money, prices and sizes as the published files write them: ISO 8601 in UTC, and exact decimal texts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from engine.units import PRICE_SCALE, SCALE

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = 1000


def iso(instant: int) -> str:
    """Return an instant to the millisecond, with its offset."""
    return (EPOCH + timedelta(microseconds=instant)).isoformat(timespec="milliseconds")


def iso_or_none(instant: int | None) -> str | None:
    """Return an instant as `iso` does; None stays None."""
    return None if instant is None else iso(instant)


def amount(steps: int | None) -> str | None:
    """Return a quantity counted in millionths as a decimal text; None stays None."""
    return None if steps is None else _text(steps, SCALE)


def price(steps: int | None) -> str | None:
    """Return a price as a decimal text; None stays None."""
    return None if steps is None else _text(steps, PRICE_SCALE)


def money(steps: int | None) -> str | None:
    """Return money with at least its cents."""
    if steps is None:
        return None
    exact = Decimal(steps).scaleb(-6)
    cents = exact.quantize(Decimal("0.01"))
    return f"{cents:f}" if cents == exact else f"{exact.normalize():f}"


def milliseconds(start: int, end: int | None) -> int | None:
    """Return the milliseconds from one instant to another, rounded; None while there is no end."""
    return None if end is None else round((end - start) / MILLISECOND)


def _text(steps: int, scale: int) -> str:
    exact = (Decimal(steps) / scale).normalize()
    return f"{exact:f}"
