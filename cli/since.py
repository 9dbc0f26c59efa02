"""`--since`: from when on, as people write it."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.host_time import host_now
from cli.moments import exchange_zone
from cli.published import load

_LENGTH = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def since_moment(text: str, home: Path) -> datetime:
    """Return the instant meant by `30m`, `2h`, `3d`, `today` or an ISO time; times are the exchange's.

    "Now" is the guard's trusted time where a status tells it. Raises Failure for anything else.
    """
    now = venue_or_host_now(home)
    if match := _LENGTH.fullmatch(text):
        return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
    if text == "today":
        return now.astimezone(exchange_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Failure(
            f"--since: `{text}` is not a time",
            "write 30m, 2h, 3d, today, or 2026-11-24T09:00 (Chicago time)",
            ExitCode.USAGE,
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=exchange_zone())


def venue_or_host_now(home: Path) -> datetime:
    """Return the guard's trusted time, carried forward; this computer's where no guard has spoken."""
    try:
        return load(home).venue_now
    except Failure:
        return host_now()
