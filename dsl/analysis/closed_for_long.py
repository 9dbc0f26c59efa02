"""A308: a lock that ends when hours begin, in hours that `closed_on` keeps shut for weeks."""

from collections.abc import Iterator
from datetime import date

from dsl import kinds
from dsl.analysis.finding import Subject, doubt
from dsl.hours import SymbolHours
from dsl.nodes import ListOf, Literal, Name, Node, ScheduleOf
from dsl.problems import Problem
from dsl.typed import Constant, Typed
from dsl.wall_time import place_on, wall, zone_named
from engine.units import DAY, HOUR

LONG = 7 * DAY
"""Longer than any pause that the exchange makes: a holiday beside a weekend."""

MOST_DATES = 400


def closed_for_long(subject: Subject) -> Iterator[Problem]:
    """Yield each lock that ends at an opening which is more than a week away on one of the days in `closed_on`."""
    for tier in subject.rule.tiers:
        for action in tier.actions:
            until = action.until if action.name == "lock" else None
            for part in until.walk() if until is not None else ():
                problem = _looked_at(part, subject)
                if problem is not None:
                    yield problem


def _looked_at(part: Typed, subject: Subject) -> Problem | None:
    hours = part.ref
    if not isinstance(hours, Constant) or not isinstance(hours.value, SymbolHours):
        return None
    param = subject.rule.document.params.get(hours.name)
    if param is None or not isinstance(param.value, ScheduleOf) or param.value.closed_on is None:
        return None
    zone = zone_named(str(param.value.tz.value) if param.value.tz else subject.ruleset.tz)
    schedule = hours.value.at("")
    for day in _dates(param.value.closed_on, subject):
        noon = place_on(day, 12 * HOUR, zone)
        opens = schedule.next_change(noon)
        if schedule.is_inside(noon) or (opens is not None and opens - noon <= LONG):
            continue
        return _finding(part, param.value.closed_on, day, None if opens is None else wall(opens, zone).date())
    return None


def _dates(node: Node, subject: Subject) -> list[date]:
    """Return the days of `closed_on`, in order."""
    if isinstance(node, Name):
        shared = subject.ruleset.lists.get(node.parts[-1])
        written = shared.value if shared is not None else ()
    else:
        items = node.items if isinstance(node, ListOf) else ()
        written = [item.value for item in items if isinstance(item, Literal) and item.kind == kinds.DATE]
    return sorted(date.fromisoformat(str(day)) for day in written)[:MOST_DATES]


def _finding(part: Typed, closed: Node, day: date, opens: date | None) -> Problem:
    message = "this lock would hold for long"
    if opens is None:
        because = f"after {day} `{part.span.text}` does not open again within a year"
    else:
        because = f"after {day} `{part.span.text}` opens again on {opens}, {(opens - day).days} days later"
    return doubt("A308", message, closed.span, because, "shorten `closed_on`, or say so with `until: manual`")
