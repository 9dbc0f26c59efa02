"""Coverage of rule tests: a boundary or branch that no test would notice is named with its place."""

from pathlib import Path

from dsl.rule_tests.runner import render, run_tests

RULESET = "ruleset: demo\ndsl: 1\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\n"
RULE = """\
rule: probe
title: t
mode: enforce
scope: account
params:
  limit: 2 contracts
when: account.gross_contracts > limit
if_unknown: hold
then:
  - reduce_to: limit
message: m
warn:
  when: account.worst_contracts > limit
  message: w
"""
HEAD = "test: probe\nstart: 2025-03-07 09:00 America/Chicago\ncases:\n"


def covered(folder: Path, *steps: str) -> list[str]:
    tests = folder / "demo" / "tests"
    tests.mkdir(parents=True, exist_ok=True)
    (folder / "demo" / "ruleset.yaml").write_text(RULESET)
    (folder / "demo" / "probe.yaml").write_text(RULE)
    body = "".join(f"      - {step}\n" for step in steps)
    (tests / "probe.test.yaml").write_text(f"{HEAD}  - case: goes\n    steps:\n{body}")
    text = render(run_tests(folder, coverage=True))
    return [line.removeprefix(folder.as_posix() + "/") for line in text.splitlines() if line]


def test_what_no_test_would_notice_is_named_with_its_place(tmp_path: Path) -> None:
    assert covered(tmp_path, "09:05 open ES long 3 at 6000.00 -> reduce account to 2") == [
        "demo/probe.yaml:7:31: no test would notice `>=` instead of `>`",
        "demo/probe.yaml:8:13: no test has an unknown answer",
        "demo/probe.yaml:13:9: no test sees the warning come true",
        "demo/probe.yaml:13:33: no test would notice `>=` instead of `>`",
        "1 of 5 branches and boundaries are tested",
        "1 passed, 0 failed in 1 file",
    ]


def test_a_test_at_the_bound_closes_the_gap(tmp_path: Path) -> None:
    steps = ("09:05 open ES long 2 at 6000.00", "09:06 open ES long 1 at 6000.00 -> reduce account to 2")

    said = covered(tmp_path, *steps, "09:07 order ES buy 1 at 5990.00 -> warn")

    assert said[-3:] == [
        "demo/probe.yaml:8:13: no test has an unknown answer",
        "4 of 5 branches and boundaries are tested",
        "1 passed, 0 failed in 1 file",
    ]


def test_a_rule_whose_tests_fail_is_not_covered_at_all(tmp_path: Path) -> None:
    said = covered(tmp_path, "09:05 open ES long 3 at 6000.00")

    assert said[-1] == "0 passed, 1 failed in 1 file"
    assert not any("branches" in line for line in said)
