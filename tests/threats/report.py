"""The table of threats as a run of the tests has found it: attack, what was tried, and what came of it in this run."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MARKS = {"L": "Linux, two users", "W": "Wine", "G": "golden or unit", "D": "a real Windows"}
NO_WINDOWS = "not tested (needs a real Windows)"
NO_WINE = "not tested (no Wine here)"
WIDTH = 132


@dataclass(frozen=True, slots=True)
class Try:
    """One thing that is tried, by the tests in `by`; none: nothing here can try it."""

    mark: str
    tried: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Threat:
    """One row: an attack, what stands against it, and all that is tried."""

    attack: str
    defence: str
    tries: tuple[Try, ...]


def threats() -> tuple[Threat, ...]:
    """Return the rows of threats.yaml."""
    rows = yaml.safe_load((HERE / "threats.yaml").read_text(encoding="utf-8"))
    return tuple(Threat(row["attack"], row["defence"], tuple(map(_try, row["tries"]))) for row in rows)


def _try(row: Mapping[str, str]) -> Try:
    (mark, tried), *more = row.items()
    return Try(mark, tried, tuple(name for key, names in more if key == "by" for name in names.split()))


def tests_named(*, is_wine: bool) -> list[str]:
    """Return every test that the table names, those under Wine only where there is Wine."""
    names = [name for row in threats() for one in row.tries if is_wine or one.mark != "W" for name in one.by]
    return list(dict.fromkeys(names))


@dataclass
class Outcomes:
    """What became of each test in this run, by its name without parameters; the worst of several counts."""

    found: dict[str, tuple[str, str]] = field(default_factory=dict)

    def note(self, name: str, outcome: str, why: str = "") -> None:
        """Note an outcome: passed, skipped or failed. `name` without `::` is a whole file."""
        ranks = ["skipped", "passed", "failed"]
        name = name.partition("[")[0]
        known = self.found.get(name, ("", ""))[0]
        if not known or ranks.index(outcome) > ranks.index(known):
            self.found[name] = (outcome, why)

    def of(self, name: str) -> tuple[str, str]:
        """Return the outcome of a test, empty if it was not run."""
        return self.found.get(name) or self.found.get(name.partition("::")[0]) or ("", "")


def result(one: Try, outcomes: Outcomes, *, is_wine: bool) -> str:
    """Return what came of one try in this run."""
    if one.mark == "D":
        return NO_WINDOWS
    if one.mark == "W" and not is_wine:
        return NO_WINE
    if not one.by:
        return "not tested (nothing tries it yet)"
    seen = [outcomes.of(name) for name in one.by]
    for wanted, said in (("failed", "FAILED"), ("", "NOT RUN")):
        if any(outcome == wanted for outcome, _ in seen):
            return said
    skipped = [why for outcome, why in seen if outcome == "skipped"]
    return f"not tested ({skipped[0]})" if skipped else "held"


def table(rows: Iterable[Threat], outcomes: Outcomes, *, is_wine: bool, marks: str = "LWGD") -> Iterator[str]:
    """Yield the lines of the table, and last how many tries ended how."""
    counts = {"held": 0, "FAILED": 0, "NOT RUN": 0, "not tested": 0}
    for row in rows:
        tries = [one for one in row.tries if one.mark in marks]
        if not tries:
            continue
        yield f"{row.attack}  ->  {row.defence}"
        for one in tries:
            came = result(one, outcomes, is_wine=is_wine)
            counts[came.partition(" (")[0]] += 1
            yield f"  {one.mark}  {one.tried} {'.' * max(WIDTH - 20 - len(one.tried), 2)} {came}"
    yield "; ".join(f"{number} {name}" for name, number in counts.items())


class Report:
    """Listens to a run and prints the table at its end. Under xdist it is the controller that hears of everything."""

    def __init__(self, config: pytest.Config) -> None:
        self.outcomes = Outcomes()
        places = {(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args}
        self.marks = "LWGD" if places & {ROOT, ROOT / "tests", HERE} else ""
        if places == {ROOT / "tests" / "windows"}:
            self.marks = "W"
        if config.getoption("lf", default=False):
            self.marks = ""  # a second look at what failed says nothing of the rest

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed or report.skipped or report.when == "call":
            self.outcomes.note(report.nodeid, report.outcome, _why(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed or report.skipped:
            self.outcomes.note(report.nodeid, report.outcome, _why(report))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.marks:
            return
        terminalreporter.write_sep("=", "threats: what was tried against the guard in this run")
        is_wine = bool(os.environ.get("RISK_TEST_WINE"))
        for line in table(threats(), self.outcomes, is_wine=is_wine, marks=self.marks):
            terminalreporter.write_line(line, red="FAILED" in line.split(" .")[-1])


def _why(report: Any) -> str:
    """Return why a test was left out, as it says itself."""
    place = report.longrepr
    return str(place[2]).removeprefix("Skipped: ") if report.skipped and isinstance(place, tuple) else ""
