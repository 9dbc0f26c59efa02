"""Rules in the status document: how close each one is."""

from decimal import Decimal
from typing import Any

from engine.view import GaugeReading
from service.iso import amount, iso_or_none, money

SHOWN = Decimal("0.0001")


def rule_row(reading: GaugeReading) -> dict[str, Any]:
    """Return one gauge. Quantities are decimal texts: dollars, contracts, ticks, seconds, parts of one."""
    say = money if reading.unit == "money" else amount
    return {
        "name": reading.rule,
        "title": reading.title,
        "mode": reading.mode,
        "subject": reading.subject,
        "value": say(reading.value),
        "limit": say(reading.limit),
        "unit": reading.unit,
        "label": reading.label,
        "color": reading.color,
        "fraction": fraction(reading.value, reading.limit),
        "locked_until": iso_or_none(reading.locked_until),
        "is_locked": reading.is_locked,
        "pending_until": iso_or_none(reading.pending_until),
        "severity": reading.severity,
        "message": reading.message,
        "tier": reading.tier,
        "closes_at": iso_or_none(reading.closes_at),
    }


def fraction(value: int | None, limit: int | None) -> str | None:
    """Return value by limit to four places, None where either is unknown or the limit is not positive."""
    if value is None or limit is None or limit <= 0:
        return None
    return f"{(Decimal(value) / Decimal(limit)).quantize(SHOWN).normalize():f}"
