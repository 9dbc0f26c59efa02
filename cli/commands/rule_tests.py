"""`risk test`: the tests that stand beside the rules."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.given_paths import require_paths
from cli.terminal import console


def rule_tests(
    path: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Name the branches and boundaries that no test would notice.")
    ] = False,
) -> None:
    """Run and report."""
    require_paths(path)
    from cli.views.problems import colored
    from dsl.rule_tests.runner import render, run_tests

    reports = [run_tests(one, coverage=coverage) for one in path]
    for one, report in zip(path, reports, strict=True):
        head = f"{one}: " if len(path) > 1 else ""
        console().print(colored(head + render(report).rstrip("\n")), soft_wrap=True)
    has_gaps = any(covered.gaps for report in reports for covered in report.coverage)
    if has_gaps or not all(report.is_good for report in reports):
        raise typer.Exit(ExitCode.FINDINGS)


COMMAND = Command(
    rule_tests,
    "Run the tests of rules.",
    "Run the tests of rules (tests/NAME.test.yaml) with the real language and engine, in virtual time.",
    ["risk test rulesets/", "risk test --coverage rulesets/starter/max_contracts.yaml"],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
