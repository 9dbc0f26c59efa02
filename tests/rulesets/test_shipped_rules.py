"""The rules that are shipped: nothing to find in them, and their own tests pass."""

from pathlib import Path

import pytest

from dsl.pipeline import validate
from dsl.problems import Source
from dsl.render import render_text
from dsl.rule_tests.document import TestDocument, read_tests
from dsl.rule_tests.runner import render, run_tests
from dsl.rule_tests.steps import Restart

RULESETS = Path(__file__).parents[2] / "rulesets"
FOLDERS = sorted(path.parent for path in RULESETS.glob("*/ruleset.yaml"))
TESTS = sorted(RULESETS.glob("*/tests/*.test.yaml"))


def name(path: Path) -> str:
    return path.relative_to(RULESETS).as_posix()


def document(path: Path) -> TestDocument:
    found = read_tests(Source(path.as_posix(), path.read_text(encoding="utf-8")), [])
    assert found is not None
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_shipped_ruleset_has_no_finding(folder: Path) -> None:
    assert render_text(validate(folder)) == ""


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_the_tests_beside_a_shipped_rule_pass(path: Path) -> None:
    report = run_tests(path)

    assert report.is_good, render(report)


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_every_shipped_rule_is_tested_across_a_restart(path: Path) -> None:
    assert any(isinstance(step.event, Restart) for case in document(path).cases for step in case.steps)


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_a_test_file_is_named_after_its_rule(path: Path) -> None:
    assert f"{document(path).rule}.test.yaml" == path.name


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_every_branch_and_boundary_of_a_shipped_rule_is_tested(folder: Path) -> None:
    report = run_tests(folder, coverage=True)

    gaps = [str(gap) for covered in report.coverage for gap in covered.gaps]
    assert report.coverage
    assert gaps == []
