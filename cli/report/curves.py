"""Curves for the charts: the day's result, equity, and how close each rule was, as columns of numbers.

A chart draws numbers, so money becomes a floating number here and only here; nothing is counted with it.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from cli.report.day_lines import DayLines, Gauge, Point

MOST_POINTS = 1_500
"""No screen shows more; the first and the last of a stretch, and every turning point's neighbour, stay."""


def curve(days: Sequence[DayLines]) -> dict[str, list[Any]]:
    """Return seconds since 1970, the day's realized and total result, equity; null where one was not known.

    A hole (nobody guarding) is a point without values, so that no line is drawn across it.
    """
    rows = [
        (point.at, point.realized, point.total, point.equity)
        for day in days
        for point in _thinned(day.points)
    ]
    return {
        "at": [_seconds(row[0]) for row in rows],
        "realized": [_number(row[1]) for row in rows],
        "total": [_number(row[2]) for row in rows],
        "equity": [_number(row[3]) for row in rows],
    }


def gauge_curves(days: Sequence[DayLines]) -> list[dict[str, Any]]:
    """Return for each rule that came off zero its parts of the limit over time, 1 is the limit; nearest ones first."""
    columns: dict[str, tuple[str, list[float], list[float | None]]] = {}
    for day in days:
        for point in day.points:
            for gauge in point.gauges:
                title = f"{gauge.subject}: {gauge.title}" if gauge.subject else gauge.title
                _, at, value = columns.setdefault(gauge.key, (title, [], []))
                at.append(_seconds(point.at))
                value.append(_fraction(gauge))
        for _, at, value in columns.values():  # the day's last reading holds until its end
            if day.points and at and at[-1] < _seconds(day.points[-1].at):
                at.append(_seconds(day.points[-1].at))
                value.append(value[-1])
    moved = [
        {"title": title, "at": at, "value": value, "highest": max(one for one in value if one is not None)}
        for title, at, value in columns.values()
        if any(value)
    ]
    return sorted(moved, key=lambda one: -float(one["highest"]))


def _fraction(gauge: Gauge) -> float | None:
    """Return the part of the limit; a rule without a number counts as at its limit while it is red."""
    if gauge.fraction is not None:
        return round(float(gauge.fraction), 4)
    return 1.0 if gauge.color == "red" else None


def _thinned(points: Sequence[Point]) -> Sequence[Point]:
    step = max(1, len(points) // MOST_POINTS)
    kept = points[::step]
    return kept if not points or kept[-1] is points[-1] else [*kept, points[-1]]


def _seconds(moment: datetime) -> float:
    return round(moment.timestamp(), 3)


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
