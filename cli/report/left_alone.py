"""What would have become of the contracts that the guard closed, had it left them alone: the day's prices, replayed.

Each closing fill of the guard is compared with the prices that followed on the same day: what the contracts would
have won or lost from there to the last price of the day, and the worst and best moment on the way. It is an estimate:
nobody knows where the trader himself would have closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from cli.report.day_lines import DayLines, FillLine

TOGETHER = timedelta(seconds=60)
"""Fills of one contract that follow each other so closely belong to one intervention."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """One intervention in one contract. Money in dollars from the closing fills on, costs left out; None: no price.

    `at_end` below zero: the guard saved that much; above zero: it cost that much. `size` is signed: short is negative.
    """

    at: datetime
    name: str
    size: int
    at_end: Decimal | None
    worst: Decimal | None
    best: Decimal | None


def left_alone(day: DayLines) -> tuple[LeftAlone, ...]:
    """Return every intervention of a day in order of time."""
    return tuple(_one(day, fills) for fills in _together([fill for fill in day.fills if fill.is_own]))


def _together(fills: list[FillLine]) -> Iterator[list[FillLine]]:
    """Yield runs of fills of one contract and side."""
    open_runs: dict[tuple[str, str], list[FillLine]] = {}
    done: list[list[FillLine]] = []
    for fill in fills:
        run = open_runs.get((fill.name, fill.side))
        if run is None or fill.at - run[-1].at > TOGETHER:
            run = open_runs[fill.name, fill.side] = []
            done.append(run)
        run.append(fill)
    yield from done


def _one(day: DayLines, fills: list[FillLine]) -> LeftAlone:
    first = fills[0]
    sign = -1 if first.side == "buy" else 1  # what was bought back had been short
    size = sign * sum(fill.size for fill in fills)
    path = [
        result
        for point in day.points
        if point.at > fills[-1].at
        and (result := _result(day, fills, point.marks.get(first.name), sign)) is not None
    ]
    return LeftAlone(
        at=first.at,
        name=first.name,
        size=size,
        at_end=path[-1] if path else None,
        worst=min(path, default=None),
        best=max(path, default=None),
    )


def _result(
    day: DayLines, fills: list[FillLine], mark: tuple[Decimal | None, Decimal | None] | None, sign: int
) -> Decimal | None:
    """Return what the closed contracts would have earned from their closing on, at one later price."""
    ticks = day.ticks.get(fills[0].name)
    price = None if mark is None else mark[0] if sign > 0 else mark[1]
    if price is None or ticks is None or not ticks[0]:
        return None
    points = sum((price - fill.price) * sign * fill.size for fill in fills)
    return (points / ticks[0] * ticks[1]).quantize(Decimal("0.01"))
