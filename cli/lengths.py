"""Lengths of time as people type them: 60s, 30m, 8h."""

import re

from cli.exit_codes import ExitCode
from cli.failure import Failure

_LENGTH = re.compile(r"([1-9]\d{0,5})([smhd])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_in(option: str, text: str) -> float:
    """Return the seconds in a length. Raises Failure, naming the option."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise Failure(f"{option}: `{text}` is not a length of time", "write 60s, 30m or 8h", ExitCode.USAGE)
    return float(int(match[1]) * _SECONDS[match[2]])
