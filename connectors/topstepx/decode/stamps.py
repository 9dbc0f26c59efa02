"""Instants as the venue writes them, and as we write them to the venue."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from engine.units import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONG_FRACTION = re.compile(r"(\.\d{6})\d+")


def instant_from(text: object) -> Instant | None:
    """Return the instant of an ISO stamp with 0 to 9 fractional digits (cut to 6); no zone means UTC.

    None when it is no stamp, or lies before 1970: the venue sends year 1 as a placeholder.
    """
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        moment = datetime.fromisoformat(_LONG_FRACTION.sub(r"\1", text))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        instant = (moment - _EPOCH) // _MICROSECOND
    except (ValueError, OverflowError):
        return None
    return Instant(instant) if instant >= 0 else None


def instant_from_date_header(text: str | None) -> Instant | None:
    """Return the instant of an HTTP Date header (whole seconds); None when absent or malformed."""
    if text is None:
        return None
    try:
        return instant_from(parsedate_to_datetime(text).isoformat())
    except (ValueError, OverflowError, IndexError):
        return None


def stamp(instant: Instant) -> str:
    """Return the instant as the venue reads it: ISO 8601 in UTC with microseconds."""
    return (_EPOCH + timedelta(microseconds=instant)).isoformat(timespec="microseconds")
