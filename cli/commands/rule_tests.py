"""`risk test`: the tests that stand beside the rules."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.commands.validate import require_paths
from cli.exit_codes import ExitCode


def rule_tests(path: Annotated[list[Path], typer.Argument(help="Files or folders.")]) -> None:
    """Run and report."""
    require_paths(path)
    raise typer.Exit(ExitCode.FINDINGS)


COMMAND = Command(
    rule_tests,
    "Run the tests of rules.",
    "Run the tests of rules (tests/NAME.test.yaml) with the real language and engine, in virtual time.",
    ["risk test rulesets/", "risk test rulesets/starter/tests/max_contracts.test.yaml"],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
