"""Amounts as people write them elsewhere, and how the language writes them: `500$` is `$500`."""

import re
from collections.abc import Callable
from decimal import Decimal

from dsl.amounts import DURATION_UNITS, write_duration

_NUMBER = r"[0-9][0-9,_]*(?:\.[0-9]+)?"
_UNITS = {
    "ms": "ms", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d", "w": "w", "wk": "w", "week": "w", "weeks": "w",
}  # fmt: skip
_SIZES = {
    "contract": "contracts", "contracts": "contracts", "ct": "contracts", "cts": "contracts", "lot": "contracts",
    "lots": "contracts", "car": "contracts", "cars": "contracts",
    "tick": "ticks", "ticks": "ticks", "point": "points", "points": "points", "pt": "points", "pts": "points",
}  # fmt: skip

_LONGEST = 60
"""Characters of an amount; nobody means an amount by more."""


def suggest_amount(text: str) -> str | None:
    """Return how the language writes what this text means, or None when that cannot be told."""
    if len(text) > _LONGEST:
        return None
    for pattern, write in _SLIPS:
        found = pattern.fullmatch(text.strip())
        better = write(found) if found else None
        if better is not None:
            return better
    return None


def find_slip(text: str, at: int) -> tuple[int, int, str] | None:
    """Return start, end and better spelling of an amount around an offset where reading stopped, or None."""
    for pattern, write in _SLIPS:
        for found in pattern.finditer(text):
            is_here = found.start() <= at <= found.end() <= found.start() + _LONGEST
            better = write(found) if is_here else None
            if better is not None and better != found[0]:
                return found.start(), found.end(), better
    return None


def _plain(number: str) -> str:
    return number.replace(",", "").replace("_", "")


def _money(found: re.Match[str]) -> str:
    sign = "-" if "-" in found[0] else ""
    return f"{sign}${_plain(found['n'])}"


def _thousands(found: re.Match[str]) -> str:
    size = Decimal(_plain(found["n"])) * {"k": 1_000, "m": 1_000_000}[found["k"].lower()]
    return f"${size:,.0f}" if size == size.to_integral_value() else f"${size:,.2f}"


def _length(found: re.Match[str]) -> str | None:
    unit = _UNITS.get(found["unit"].lower())
    if unit is None:
        return None
    return write_duration(int(Decimal(_plain(found["n"])) * DURATION_UNITS[unit]))


def _size(found: re.Match[str]) -> str | None:
    unit = _SIZES.get(found["unit"].lower())
    if unit is None:
        return None
    number = _plain(found["n"])
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"


def _range(found: re.Match[str]) -> str:
    return f"{int(found['a']):02}:{found['b']}..{int(found['c']):02}:{found['d']}"


def _clock(found: re.Match[str]) -> str | None:
    hour = int(found["h"])
    if not 1 <= hour <= 12:
        return None
    return f"{hour % 12 + (12 if found['half'].lower() == 'p' else 0):02}:{found['m'] or '00'}"


_Write = Callable[[re.Match[str]], str | None]
_EDGE, _END = r"(?<![\w.$])", r"(?![\w.$%]|,[0-9])"
_SLIPS: tuple[tuple[re.Pattern[str], _Write], ...] = tuple(
    (re.compile(_EDGE + pattern + _END), write)
    for pattern, write in (
        (rf"-?\$?(?P<n>{_NUMBER})(?P<k>[kKM])", _thousands),
        (rf"-?(?P<n>{_NUMBER}) ?\$", _money),
        (rf"\$ ?-(?P<n>{_NUMBER})", _money),
        (rf"-?\$ (?P<n>{_NUMBER})", _money),
        (rf"-?\$?(?P<n>{_NUMBER}) ?(?:USD|usd|[Dd]ollars?)", _money),
        (rf"-?USD ?(?P<n>{_NUMBER})", _money),
        (
            r"(?P<a>[0-9]{1,2}):(?P<b>[0-9]{2}) ?(?:-|\u2013|\u2014|to|\.\.\.?) ?(?P<c>[0-9]{1,2}):(?P<d>[0-9]{2})",
            _range,
        ),
        (r"(?P<h>[0-9]{1,2})(?::(?P<m>[0-9]{2}))? ?(?P<half>[aApP])[mM]", _clock),
        (r"(?P<h>[0-9]{1,2}:[0-9]{2}):[0-9]{2}", lambda found: found["h"]),
        (rf"(?P<n>{_NUMBER}) ?(?P<unit>[A-Za-z]+)", _length),
        (rf"(?P<n>{_NUMBER}) ?(?P<unit>[A-Za-z]+)", _size),
        (rf"(?P<n>{_NUMBER}) %", lambda found: f"{found['n']}%"),
        (rf"%(?P<n>{_NUMBER})", lambda found: f"{found['n']}%"),
        (
            r"\$(?P<n>[0-9]+(?:,[0-9]{3})*),(?P<cents>[0-9]{1,2})",
            lambda found: f"${found['n']}.{found['cents']}",
        ),
        (r"(?P<n>[0-9]+(?:,[0-9]{3})+)", lambda found: _plain(found["n"])),
        (r"(?P<n>[0-9]+(?:_[0-9]+)+)", lambda found: _plain(found["n"])),
        (r"\.(?P<n>[0-9]+)", lambda found: f"0.{found['n']}"),
        (r"\+(?P<n>[0-9]+)", lambda found: found["n"]),
        (r"(?P<n>(?:[0-9]+[wd])*[0-9]+h[0-9]{1,2})", lambda found: f"{found['n']}m"),
        (r"(?P<n>[0-9]+)[eE](?P<zeros>[0-9])", lambda found: found["n"] + "0" * int(found["zeros"])),
    )
)
"""The first that fits counts. `500 $`, `$-300`, `$ 500`, `2k`, `9:30-15:00`, `3pm`, `15 min`, `2 lots`, `40 %`."""
