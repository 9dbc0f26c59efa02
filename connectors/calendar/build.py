"""Writes `dsl/market_data/cme.json` from pandas-market-calendars and the corrections file.

Run it before a release:

    pip install "pandas-market-calendars>=5.5,<6"
    python -m connectors.calendar.build --from 2025 --through 2027

No calendar library is right on every day, so each correction names its source and ends up in the file beside the days
it changed. With `--check` nothing is written: exit 1 says that the shipped file differs from what would be built.
"""

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from connectors.calendar.groups import GROUPS, GroupPlan

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "dsl" / "market_data" / "cme.json"
CORRECTIONS = Path(__file__).with_name("corrections.json")
ZONE = "America/Chicago"
LIBRARY = "pandas_market_calendars"
SATURDAY = 5

Days = dict[str, str]


class LibraryMissing(RuntimeError):
    """The release script's own dependency is not installed. The message says how to install it."""


def library_days(library: Any, plan: GroupPlan, first: date, last: date) -> Days:
    """Return the weekdays on which a group does not close at its usual time, as the library knows them."""
    calendar = library.get_calendar(plan.library)
    table = calendar.schedule(str(first), str(last), tz=ZONE)
    closes = {row.Index.date(): row.market_close for row in table.itertuples()}
    usual = plan.hours[-1]["closes"]
    days: Days = {}
    for day in weekdays(first, last):
        close = closes.get(day)
        shown = "closed" if close is None else f"{close:%H:%M}"
        if shown != usual:
            days[str(day)] = shown
    return days


def weekdays(first: date, last: date) -> Iterable[date]:
    """Give the days from Monday to Friday, both ends included."""
    every = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return (day for day in every if day.weekday() < SATURDAY)


def corrected(
    days: Mapping[str, str], name: str, corrections: Iterable[Mapping[str, Any]], year: range
) -> Days:
    """Return a group's days with its corrections applied, in order of date."""
    changed = {row["date"]: row["halt"] for row in corrections if name in row["groups"]}
    inside = {day: halt for day, halt in changed.items() if int(day[:4]) in year}
    return dict(sorted({**days, **inside}.items()))


def by_year(days: Mapping[str, str]) -> dict[str, Days]:
    """Return the same days as a person would lay them out: a line a year."""
    years: dict[str, Days] = {}
    for day, halt in days.items():
        years.setdefault(day[:4], {})[day[5:]] = halt
    return years


def build(library: Any, corrections: list[dict[str, Any]], years: range) -> dict[str, Any]:
    """Return the whole calendar file."""
    first, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    groups = {
        plan.name: {
            "title": plan.title,
            "certainty": plan.certainty,
            "roots": plan.roots.split(),
            "hours": list(plan.hours),
            "days": by_year(
                corrected(library_days(library, plan, first, last), plan.name, corrections, years)
            ),
        }
        for plan in GROUPS
    }
    return {
        "$schema": "../../schemas/calendar.schema.json",
        "schema": "risk.calendar/1",
        "name": "cme",
        "zone": ZONE,
        "valid_from": str(first),
        "valid_through": str(last),
        "source": f"pandas-market-calendars {library.__version__}, with the corrections below",
        "note": "Days of a year for which the exchange has published no notice yet are by rule.",
        "default_group": GROUPS[0].name,
        "corrections": [row for row in corrections if int(row["date"][:4]) in years],
        "groups": groups,
    }


def written(calendar: Mapping[str, Any]) -> str:
    """Return the file's text, its innermost lists and tables on a line each."""
    text = json.dumps(calendar, indent=1, ensure_ascii=False)
    return re.sub(r"[\[{][^\[\]{}]*[\]}]", lambda found: " ".join(found.group().split()), text) + "\n"


def load_library() -> Any:
    """Return pandas-market-calendars. Raises LibraryMissing."""
    try:
        return importlib.import_module(LIBRARY)
    except ImportError as failure:
        raise LibraryMissing('install it first: pip install "pandas-market-calendars>=5.5,<6"') from failure


def main(arguments: list[str] | None = None) -> int:
    """Build, then write or compare. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m connectors.calendar.build", description=__doc__)
    parser.add_argument("--from", dest="first", type=int, default=2025, help="first year")
    parser.add_argument("--through", type=int, default=2027, help="last year")
    parser.add_argument("--check", action="store_true", help="only compare with the shipped file")
    options = parser.parse_args(arguments)
    try:
        library = load_library()
    except LibraryMissing as failure:
        sys.stderr.write(f"pandas-market-calendars is missing; {failure}\n")
        return 3
    corrections = json.loads(CORRECTIONS.read_text(encoding="utf-8"))
    text = written(build(library, corrections, range(options.first, options.through + 1)))
    if options.check:
        return int(text != TARGET.read_text(encoding="utf-8"))
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(f"wrote {TARGET.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
