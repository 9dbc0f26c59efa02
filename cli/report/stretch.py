"""Which trading days a report is about: a day, a week, a month, as far as the guard wrote something down."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.report.day_lines import DayLines, read_day


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is reported: the first and the last date asked for, and the days of each account that are on disk."""

    first: date
    last: date
    accounts: dict[str, tuple[DayLines, ...]]
    unreadable: int


def bounds(folder: Path, length: str, wanted: str | None) -> tuple[date, date]:
    """Return first and last date. Without a date the latest day on disk; weeks begin on Monday. Raises Failure."""
    last = _wanted(wanted) if wanted else _latest(folder)
    match length:
        case "week":
            first = last - timedelta(days=last.weekday())
            return first, first + timedelta(days=6)
        case "month":
            first = last.replace(day=1)
            return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        case _:
            return last, last


def read_stretch(folder: Path, first: date, last: date, account: str | None) -> Stretch:
    """Return all days between, both included. Raises Failure when there are none."""
    accounts: dict[str, list[DayLines]] = {}
    unreadable = 0
    for path in _files(folder):
        if not first <= date.fromisoformat(path.stem) <= last:
            continue
        try:
            found, broken = read_day(path)
        except OSError as error:
            raise Failure(f"cannot read {path}: {error.strerror}", code=ExitCode.CONFIGURATION) from error
        unreadable += broken
        for name, lines in sorted(found.items()):
            if account in (None, name):
                accounts.setdefault(name, []).append(lines)
    if not accounts:
        whom = f" of account {account}" if account else ""
        days = f"{first}" if first == last else f"{first} to {last}"
        known = [path.stem for path in _files(folder)]
        have = f"days on disk: {known[0]} to {known[-1]}" if known else "the guard writes one while it runs"
        raise Failure(f"there is nothing{whom} for {days}", have, ExitCode.NOT_RUNNING)
    return Stretch(first, last, {name: tuple(days) for name, days in accounts.items()}, unreadable)


def _files(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            date.fromisoformat(path.stem)
        except ValueError:
            continue  # not ours
        found.append(path)
    return found


def _latest(folder: Path) -> date:
    files = _files(folder)
    if not files:
        raise Failure(
            f"there is no day to report: {folder} holds none",
            "the guard writes one while it runs: `risk run`; is this the right home? (`risk paths`)",
            ExitCode.NOT_RUNNING,
        )
    return date.fromisoformat(files[-1].stem)


def _wanted(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Failure(f"--date: `{text}` is not a date", "write it as 2026-11-24", ExitCode.USAGE) from error
