"""The shipped market data: regular hours, holidays and early closes by product group, from a dated JSON file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dsl.wall_time import zone_named
from engine.units import HOUR, MINUTE, TimeOfDay

FOLDER = Path(__file__).parent / "market_data"
CLOSED = TimeOfDay(-1)
"""The halt of a day on which there is no session at all."""


class BadCalendar(ValueError):
    """A calendar that cannot be used. The message says why and what exists."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """One stretch of a trading day: it opens on the day itself or on the evening before, and closes on the day."""

    opens: TimeOfDay
    closes: TimeOfDay
    evening_before: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Products with the same hours. `halts`: at what time a day ends early; CLOSED: it has no session."""

    name: str
    title: str
    roots: frozenset[str]
    hours: tuple[DayHours, ...]
    halts: Mapping[date, TimeOfDay]


@dataclass(frozen=True, slots=True)
class MarketData:
    """A calendar file. Days outside `valid_from` to `valid_through` have regular hours, for want of better."""

    name: str
    zone: ZoneInfo
    valid_from: date
    valid_through: date
    groups: tuple[Group, ...]
    default: Group

    def group_of(self, root: str) -> Group:
        """Return the group of a root; a root that the file does not know has the default group's hours."""
        return next((group for group in self.groups if root in group.roots), self.default)


def time_of_day(written: str) -> TimeOfDay:
    """Return `08:30` as microseconds since midnight. Raises ValueError."""
    hours, colon, minutes = written.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(f"`{written}` is not a time of day such as 08:30")
    return TimeOfDay(int(hours) * HOUR + int(minutes) * MINUTE)


def shipped() -> tuple[str, ...]:
    """Return the names of the calendars that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def market_data(name: str) -> MarketData:
    """Return a shipped calendar. Raises BadCalendar if there is none of this name."""
    if name not in shipped():
        raise BadCalendar(f"there is no calendar called `{name}`; there is: {', '.join(shipped())}")
    raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    groups = {key: _group(key, value) for key, value in raw["groups"].items()}
    return MarketData(
        name=raw["name"],
        zone=zone_named(raw["zone"]),
        valid_from=date.fromisoformat(raw["valid_from"]),
        valid_through=date.fromisoformat(raw["valid_through"]),
        groups=tuple(groups.values()),
        default=groups[raw["default_group"]],
    )


def _group(name: str, raw: Mapping[str, object]) -> Group:
    hours, roots, days = raw["hours"], raw["roots"], raw["days"]
    assert isinstance(hours, list)
    assert isinstance(roots, list)
    assert isinstance(days, dict)
    return Group(
        name=name,
        title=str(raw["title"]),
        roots=frozenset(roots),
        hours=tuple(
            DayHours(time_of_day(row["opens"]), time_of_day(row["closes"]), row["evening_before"])
            for row in hours
        ),
        halts=MappingProxyType(
            {
                date.fromisoformat(f"{year}-{day}"): halt(text)
                for year, rows in days.items()
                for day, text in rows.items()
            }
        ),
    )


def halt(written: str) -> TimeOfDay:
    """Return when a day ends: a time of day, or CLOSED. Raises ValueError."""
    return CLOSED if written == "closed" else time_of_day(written)


WARN_AHEAD = timedelta(days=45)
"""How long before its end a calendar asks to be renewed. Source: the page on libraries, holidays."""
