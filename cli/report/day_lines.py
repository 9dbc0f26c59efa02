"""Reading status/days/DATE.jsonl: points of the curve, fills, trades and what a contract is worth."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cli.json_reader import BadDocument, JsonReader


@dataclass(frozen=True, slots=True)
class Gauge:
    """How close one rule was at a point; `fraction` is value by limit, None where it measures nothing."""

    key: str
    title: str
    subject: str
    fraction: Decimal | None
    color: str


@dataclass(frozen=True, slots=True)
class Point:
    """One look at an account. Money in dollars, signed; None: not known then. `gauges` are those that moved."""

    at: datetime
    realized: Decimal | None
    total: Decimal | None
    equity: Decimal | None
    verdict: str
    sizes: Mapping[str, int]
    marks: Mapping[str, tuple[Decimal | None, Decimal | None]]
    gauges: tuple[Gauge, ...]


@dataclass(frozen=True, slots=True)
class FillLine:
    """An execution. `net` is what it booked after its costs; `is_own`: the guard's order."""

    id: str
    at: datetime
    name: str
    side: str
    size: int
    price: Decimal
    net: Decimal
    is_own: bool


@dataclass(frozen=True, slots=True)
class TradeLine:
    """A completed trade, flat to flat; `side` is that of its entry."""

    id: str
    at: datetime
    opened_at: datetime
    name: str
    side: str
    size: int
    pnl: Decimal
    is_own: bool


@dataclass(slots=True)
class DayLines:
    """One account on one trading day, in order of time. `ticks`: size and value of a tick for each contract."""

    account: str
    day: date
    points: list[Point] = field(default_factory=list)
    fills: list[FillLine] = field(default_factory=list)
    trades: list[TradeLine] = field(default_factory=list)
    ticks: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


class _Reading:
    """One file while it is being read; a later line about the same fill or trade stands in place of the earlier."""

    def __init__(self, day: date) -> None:
        self._day = day
        self.found: dict[str, DayLines] = {}
        self._fills: dict[tuple[str, str], FillLine | None] = {}
        self._trades: dict[tuple[str, str], TradeLine | None] = {}

    def take(self, line: str) -> None:
        """Take one line. Raises ValueError, TypeError or BadDocument if it cannot be read."""
        row = JsonReader(json.loads(line, parse_float=Decimal))
        account = row.text("account")
        lines = self.found.setdefault(account, DayLines(account, self._day))
        key, is_void = (account, row.text("id")), bool(row.flag("voided"))
        match row.text("kind"):
            case "sample":
                lines.points.append(_point(row))
            case "fill":
                self._fills[key] = None if is_void else _fill(row)
            case "trade":
                self._trades[key] = None if is_void else _trade(row)
            case "contract":
                lines.ticks[row.text("name")] = (_must(row, "tick_size"), _must(row, "tick_value"))
            case _:
                pass  # a newer guard may write other lines

    def sorted(self) -> dict[str, DayLines]:
        """Return everything by account, each list in order of time."""
        for (account, _), fill in self._fills.items():
            self.found[account].fills += [fill] if fill else []
        for (account, _), trade in self._trades.items():
            self.found[account].trades += [trade] if trade else []
        for lines in self.found.values():
            lines.points.sort(key=lambda one: one.at)
            lines.fills.sort(key=lambda one: one.at)
            lines.trades.sort(key=lambda one: one.at)
        return self.found


def read_day(path: Path) -> tuple[dict[str, DayLines], int]:
    """Return what a day's file says, by account, and how many lines could not be read. Raises OSError, ValueError."""
    reading = _Reading(date.fromisoformat(path.stem))
    unreadable = 0
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            if line.strip():
                reading.take(line)
        except (ValueError, BadDocument, TypeError, RecursionError):
            unreadable += 1
    return reading.sorted(), unreadable


def _point(row: JsonReader) -> Point:
    results = row.part("day")
    marks = row.part("marks")
    sizes = row.part("positions")
    return Point(
        at=_at(row, "at"),
        realized=results.number("realized_pnl"),
        total=results.number("total_pnl"),
        equity=results.number("equity"),
        verdict=row.text("verdict"),
        sizes={name: sizes.whole(name) for name in sizes.names()},
        marks={name: _pair(marks.texts(name)) for name in marks.names()},
        gauges=tuple(_gauge(gauge) for gauge in row.parts("rules")),
    )


def _gauge(row: JsonReader) -> Gauge:
    name, subject = row.text("name"), row.text("subject")
    return Gauge(f"{name}/{subject}", row.text("title"), subject, row.number("fraction"), row.text("color"))


def _fill(row: JsonReader) -> FillLine:
    return FillLine(
        row.text("id"),
        _at(row, "at"),
        row.text("name"),
        row.text("side"),
        row.whole("size"),
        _must(row, "price"),
        _must(row, "net"),
        bool(row.flag("is_own")),
    )


def _trade(row: JsonReader) -> TradeLine:
    return TradeLine(
        row.text("id"),
        _at(row, "at"),
        _at(row, "opened_at"),
        row.text("name"),
        row.text("side"),
        row.whole("size"),
        _must(row, "pnl"),
        bool(row.flag("is_own")),
    )


def _at(row: JsonReader, key: str) -> datetime:
    moment = row.moment(key)
    if moment is None:
        raise BadDocument(f"`{key}` is missing")
    return moment


def _must(row: JsonReader, key: str) -> Decimal:
    number = row.number(key)
    if number is None:
        raise BadDocument(f"`{key}` is missing")
    return number


def _pair(texts: tuple[Any, ...]) -> tuple[Decimal | None, Decimal | None]:
    bid, ask = (JsonReader({"it": None if text == "None" else text}).number("it") for text in texts)
    return bid, ask
