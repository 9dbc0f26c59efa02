"""`risk validate`: everything that is wrong with rules, each at its place with the edit that fixes it."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.short_validate import Format, ValidateRequest


def validate(
    path: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    form: Annotated[Format, typer.Option("--format", help="For people, programs or GitHub.")] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    cost: Annotated[bool, typer.Option("--cost", help="Print what each window costs, too.")] = False,
) -> None:
    """Validate and report."""
    from cli.show_problems import show_problems

    raise typer.Exit(show_problems(ValidateRequest(tuple(path), form, strict, cost)))


COMMAND = Command(
    validate,
    "Check rules, and say how to fix them.",
    "Check rule files, rulesets, or folders of rulesets, and report every problem in one run.",
    ["risk validate rulesets/", "risk validate --cost rulesets/starter/trade_frequency_limit.yaml"],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
