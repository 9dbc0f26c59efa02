"""`risk explain`: what a rule was compiled to."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.reading_back import read_back_or_fail
from cli.terminal import out


def explain(
    rule: Annotated[Path, typer.Argument(help="The file of a rule, inside its ruleset.")],
    compiled: Annotated[bool, typer.Option("--compiled", help="Print the generated Python.")] = False,
) -> None:
    """Print it."""
    if not compiled:
        raise Failure(
            "say what to explain", f"risk explain --compiled {rule}, or risk describe {rule}", ExitCode.USAGE
        )
    out(read_back_or_fail(rule).source.rstrip("\n"))


COMMAND = Command(
    explain,
    "Print the Python that a rule became.",
    "Print the Python that was generated from a rule: exactly what the guard evaluates on each event.",
    [
        "risk explain --compiled rulesets/starter/max_contracts.yaml",
        "risk explain --compiled rulesets/starter/daily_realized_loss.yaml",
    ],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
