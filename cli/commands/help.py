"""`risk help`: background on a subject, above all on the codes of findings."""

from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import MEANINGS, ExitCode
from cli.failure import Failure
from cli.terminal import out

START = """Where to begin:
  risk demo               see the guard work, without an account
  risk validate PATH      check rules; each finding has a code, `risk help CODE` explains it
  risk test PATH          run the tests of rules
  risk run --home DIR     guard the accounts configured in DIR
  risk status --watch     may I trade, how close am I
  risk log --since 1d     what the guard did
  risk help exit-codes    how a command ends

`risk COMMAND --help` has examples of each. The guides are cli/docs/trader.md and cli/docs/admin.md."""


def show_help(
    subject: Annotated[
        str | None, typer.Argument(help="`exit-codes`, or a code such as E201.", show_default=False)
    ] = None,
) -> None:
    """Print a text about one subject."""
    if subject is None:
        out(START)
    elif subject in {"exit-codes", "exit_codes"}:
        for code, meaning in MEANINGS.items():
            out(f"{code.value:>4}  {meaning}")
    else:
        out(_about(subject.upper()))


def _about(code: str) -> str:
    from cli.error_help import EXPLAINED

    found = EXPLAINED.get(code)
    if found is None:
        raise Failure(
            f"there is nothing to say about `{code}`",
            "subjects: exit-codes, or a code as `risk validate` prints it, such as E201",
            ExitCode.USAGE,
        )
    return f"{code}: {found.title}\n\n{found.text}"


COMMAND = Command(
    show_help,
    "Explain exit codes and the codes of findings.",
    "Explain the exit codes, or a code that `risk validate` printed.",
    ["risk help exit-codes", "risk help E201"],
    [ExitCode.USAGE],
)
