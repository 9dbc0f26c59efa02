"""Instants: whole numbers of 100 nanoseconds since 1970 UTC, the resolution of the venue's own time stamps."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

Instant = int

MICROSECOND = 10
MILLISECOND = 10_000
SECOND = 10_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

CHICAGO = ZoneInfo("America/Chicago")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)


def from_datetime(moment: datetime) -> Instant:
    """Return the instant of an aware datetime."""
    return (moment - _EPOCH) // timedelta(microseconds=1) * MICROSECOND


def to_datetime(at: Instant) -> datetime:
    """Return the instant as an aware datetime in UTC; the seventh digit is cut off."""
    return _EPOCH + timedelta(microseconds=at // MICROSECOND)


def parse(text: str) -> Instant:
    """Return the instant of an ISO-8601 text. A text without an offset counts as UTC, as the venue does.

    Raises ValueError if the text is no such time.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a time such as 2026-11-17T15:00:00Z")
    whole, fraction, offset = found.groups()
    moment = datetime.fromisoformat(whole + (offset or "Z").upper())
    return from_datetime(moment) + int((fraction or "").ljust(7, "0")[:7])


def iso(at: Instant, digits: int) -> str:
    """Return the ISO text with at most `digits` digits after the second and no trailing zeros."""
    fraction = f"{at % SECOND:07d}"[:digits].rstrip("0")
    whole = to_datetime(at // SECOND * SECOND).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{fraction}+00:00" if fraction else f"{whole}+00:00"


def http_date(at: Instant) -> str:
    """Return the text of an HTTP `Date` header."""
    return format_datetime(to_datetime(at).replace(microsecond=0), usegmt=True)


def chicago(at: Instant) -> datetime:
    """Return the wall clock of the exchange."""
    return to_datetime(at).astimezone(CHICAGO)
