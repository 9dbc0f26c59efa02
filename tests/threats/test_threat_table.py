"""The table of threats: every row is there, every test it names exists, and what it prints is what came of this run."""

import ast
import runpy
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REPORT = runpy.run_path(str(HERE / "report.py"))
Outcomes, Threat, Try, result, table = (
    REPORT[name] for name in ("Outcomes", "Threat", "Try", "result", "table")
)

ROWS = {
    "end the process (Task Manager, kill)": "LWD",
    "sc stop, the Services window": "WGD",
    "disable or delete the service, edit its registry key": "GLD",
    "uninstall": "WLD",
    "read or edit the configuration, swap a folder by a link": "LGD",
    "plant the folder before the installation": "LGD",
    "replace code, the interpreter, a library, PATH": "LGD",
    "edit the state file, put an older backup in its place": "LG",
    "hold the status file open, flood or stall a door": "LW",
    "squat a door's name, be a false guard": "LWD",
    "forge an admin's request without being one": "LGD",
    "guess the password": "LWG",
    "turn the clock, change the zone, sleep": "LG",
    "reboot, power cut in the middle of writing": "LW",
    "crash the guard by odd data of the venue": "L",
    "revoke the API key, block the venue's address": "L",
    "trade from a telephone or another computer": "L",
    "a second account, another broker": "G",
    "be the administrator": "L",
}
"""Who tries each attack. A row is changed here by hand, by somebody who has thought about it."""


@cache
def functions_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def test_every_attack_has_its_row_and_is_tried_by_those_who_can() -> None:
    found = {row.attack: {one.mark for one in row.tries} for row in REPORT["threats"]()}

    assert found == {attack: set(marks) for attack, marks in ROWS.items()}


def test_every_test_that_the_table_names_exists() -> None:
    named = REPORT["tests_named"](is_wine=True)

    missing = [name for name in named if name.partition("::")[2] not in functions_in(name.partition("::")[0])]
    assert missing == []
    assert len(named) > 40


def test_whatever_can_be_tried_on_linux_names_a_test() -> None:
    rows = REPORT["threats"]()

    assert [one.tried for row in rows for one in row.tries if one.mark in "LG" and not one.by] == []


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([("a.py::one[x]", "passed"), ("a.py::one[y]", "passed"), ("a.py::two", "passed")], "held"),
        ([("a.py::one[x]", "passed"), ("a.py::one[y]", "failed"), ("a.py::two", "passed")], "FAILED"),
        ([("a.py::one[x]", "failed"), ("a.py::one[y]", "passed"), ("a.py::two", "skipped")], "FAILED"),
        ([("a.py::one", "passed")], "NOT RUN"),
        ([("a.py", "skipped")], "not tested (because)"),
        ([("a.py::one", "passed"), ("a.py::two", "skipped")], "not tested (because)"),
    ],
)
def test_the_outcome_in_this_run_decides_what_is_printed(outcomes: list[tuple[str, str]], words: str) -> None:
    seen = Outcomes()
    for name, outcome in outcomes:
        seen.note(name, outcome, "because")

    assert result(Try("L", "tried", ("a.py::one", "a.py::two")), seen, is_wine=False) == words


def test_what_was_not_tried_is_never_called_held() -> None:
    seen = Outcomes()
    seen.note("a.py::one", "passed")

    assert result(Try("D", "x", ()), seen, is_wine=True) == "not tested (needs a real Windows)"
    assert result(Try("W", "x", ("a.py::one",)), seen, is_wine=False) == "not tested (no Wine here)"
    assert result(Try("W", "x", ("a.py::one",)), seen, is_wine=True) == "held"
    assert result(Try("W", "x", ()), seen, is_wine=True) == "not tested (nothing tries it yet)"


def test_the_table_ends_with_how_many_held() -> None:
    seen = Outcomes()
    seen.note("a.py::one", "failed")
    rows = [Threat("attack", "defence", (Try("L", "tried", ("a.py::one",)), Try("D", "there", ())))]

    first, tried, there, last = table(rows, seen, is_wine=False)

    assert first == "attack  ->  defence"
    assert tried.startswith("  L  tried ...")
    assert tried.endswith(". FAILED")
    assert there.endswith(". not tested (needs a real Windows)")
    assert last == "0 held; 1 FAILED; 0 NOT RUN; 1 not tested"


def test_what_is_out_of_scope_stands_in_the_readme() -> None:
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())

    assert "A second account or another broker that it does not guard is out of its sight" in said
