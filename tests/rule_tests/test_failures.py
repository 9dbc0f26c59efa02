"""What is said when a rule test fails or cannot be run: only the step that differs, its line, the values."""

from pathlib import Path

import pytest

from dsl.rule_tests.report import TestReport
from dsl.rule_tests.runner import render, run_tests

RULESET = "ruleset: demo\ndsl: 1\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\nflat_by: 15:10\n"
RULE = """\
rule: lossy
title: Daily loss
mode: shadow
scope: account
params:
  limit: $500
let:
  lost: loss(sum(pnl of fills since reset))
when: lost > limit
if_unknown: no_increase
then:
  - flatten: account
  - lock: account
    until: reset
reset: 0 17 * * *
message: You lost {lost}.
"""
HEAD = "test: lossy\nstart: 2025-03-07 09:00 America/Chicago\ncases:\n  - case: loses\n    steps:\n"


def run(folder: Path, *steps: str, rule: str = RULE, head: str = HEAD) -> TestReport:
    """Run the steps in a ruleset of one rule below `folder`."""
    tests = folder / "demo" / "tests"
    tests.mkdir(parents=True)
    (folder / "demo" / "ruleset.yaml").write_text(RULESET)
    (folder / "demo" / "lossy.yaml").write_text(rule)
    (tests / "lossy.test.yaml").write_text(head + "".join(f"      - {step}\n" for step in steps))
    return run_tests(folder)


def said(report: TestReport, folder: Path) -> str:
    return render(report).replace(folder.as_posix() + "/", "")


def test_a_failure_shows_the_step_that_differs_with_its_values(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        "09:05 trade ES $200",
        "09:30 trade ES -$600",
        "09:45 trade ES -$99",
        "09:50 trade ES -$1          -> flatten account, lock account until 17:00",
        "09:51 trade ES -$1          -> never reached, since the step before fails",
    )

    assert not report.cases  # the last line cannot be read, so nothing is tested
    (tmp_path / "demo" / "tests" / "lossy.test.yaml").write_text(
        (tmp_path / "demo" / "tests" / "lossy.test.yaml").read_text().rpartition("      - ")[0]
    )
    assert said(run_tests(tmp_path), tmp_path) == (
        "FAIL lossy > loses\n"
        " --> demo/tests/lossy.test.yaml:9\n"
        "  9 |       - 09:50 trade ES -$1          -> flatten account, lock account until 17:00\n"
        "    = expected flatten account, lock account; nothing happened\n"
        "    = values: lost = $500 (4 trades since Thu 17:00), limit = $500; the rule says lost > limit\n"
        "\n"
        "0 passed, 1 failed in 1 file\n"
    )


@pytest.mark.parametrize(
    ("steps", "line", "found"),
    [
        (("09:05 trade ES -$501",), 6, "expected nothing; flatten account, lock account happened"),
        (
            ("09:05 trade ES -$501 -> flatten account, lock account until 16:00",),
            6,
            "expected flatten account, lock account until 16:00 CST; "
            "flatten account, lock account until 17:00 CST happened",
        ),
        (
            ("09:05 trade ES -$501 -> flatten account, lock account until manual",),
            6,
            "expected flatten account, lock account until manual; "
            "flatten account, lock account until 17:00 CST happened",
        ),
        (
            ("09:05 trade ES -$501 -> flatten account, lock account until 17:00", "17:01 restart"),
            7,
            "unlock account at 17:00 CST, before this step; nothing announced it",
        ),
        (
            ("09:05 restart", "09:04 restart"),
            7,
            "times never go back; a later day is written with its weekday, such as `MON 09:00`",
        ),
        (("09:05 close ES at 6000",), 6, "ES holds 0, so 0 cannot be closed"),
        (("09:05 void",), 6, "there is no trade that could be taken back"),
        (("09:05 stop ES 5990",), 6, "ES holds nothing that a stop could protect"),
        (("09:05 cancel ES",), 6, "ES has no resting order"),
        (("09:05 reload nowhere.yaml",), 6, "there is no file nowhere.yaml"),
    ],
)
def test_what_differs_is_said_in_one_line(
    tmp_path: Path, steps: tuple[str, ...], line: int, found: str
) -> None:
    failure = run(tmp_path, *steps).failures[0]

    assert (failure.span.place[0], failure.found) == (line, found)


def test_only_the_first_step_that_differs_is_shown_and_other_cases_go_on(tmp_path: Path) -> None:
    second = "  - case: fine\n    steps:\n      - 09:05 trade ES $1\n"
    head = HEAD + "      - 09:04 void\n      - 09:05 void\n" + second

    report = run(tmp_path, head=head)

    assert (report.cases, report.passed, report.failed, report.is_good) == (2, 1, 1, False)
    assert report.failures[0].span.place[0] == 6


@pytest.mark.parametrize(
    ("head", "code", "message"),
    [
        (HEAD.replace("test: lossy", "test: lousy"), "E804", "there is no rule `lousy` to test"),
        (HEAD.replace("cases", "casse"), "E002", "a test file has no setting called `casse`"),
        (HEAD.replace("2025-03-07 09:00 America/Chicago", "2025-03-07"), "E803", "this is not a start"),
        (HEAD.replace("Chicago", "Chikago"), "E803", "there is no time zone called `America/Chikago`"),
        (HEAD.replace("2025-03-07", "2025-02-30"), "E803", "day is out of range for month"),
        (HEAD.replace("    steps:\n", "    stops:\n"), "E002", "a case has no setting called `stops`"),
        ("- a\n", "E803", "a test file has `test:`, `start:` and `cases:`"),
    ],
)
def test_a_file_that_cannot_be_run_says_why(tmp_path: Path, head: str, code: str, message: str) -> None:
    report = run(tmp_path, "09:05 restart", head=head)

    assert (report.problems[0].code, report.problems[0].message) == (code, message)
    assert not report.is_good


def test_a_rule_that_does_not_compile_is_shown_like_in_validate(tmp_path: Path) -> None:
    report = run(tmp_path, "09:05 restart", rule=RULE.replace("lost > limit", "lots > limit"))

    assert not report.is_good
    assert "error[E301]: nothing here is called `lots`" in render(report)
    assert "1 error" in render(report)


def test_a_path_without_tests_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    report = run_tests(tmp_path / "empty")

    assert not report.is_good
    assert render(report) == "no rule tests were found\n"
    with pytest.raises(FileNotFoundError):
        run_tests(tmp_path / "missing")
