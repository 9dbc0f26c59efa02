"""`risk describe`: what a rule means, in English."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.reading_back import read_back_or_fail
from cli.terminal import out


def describe(
    rule: Annotated[list[Path], typer.Argument(help="Files of rules, inside their ruleset.")],
) -> None:
    """Print each rule's meaning."""
    for number, path in enumerate(rule):
        read = read_back_or_fail(path)
        out(("\n" if number else "") + read.title)
        out("\n".join(f"  {line}" for line in read.words.splitlines()))


COMMAND = Command(
    describe,
    "Say in English what a rule means.",
    "Read rules back in English, so that somebody who never saw the language can check what they mean.",
    ["risk describe rulesets/starter/max_contracts.yaml", "risk describe rulesets/starter/daily_*.yaml"],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
