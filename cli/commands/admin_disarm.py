"""`risk admin disarm`: from the next session on the guard does not act for this account."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.arming import put_into
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption


class Mode(StrEnum):
    """What is left of the guard."""

    OFF = "off"
    SHADOW = "shadow"
    WARN = "warn"


def disarm(
    account: Annotated[str, typer.Argument(help="The account's name.")],
    mode: Annotated[Mode, typer.Option("--mode", help="What is left of the guard.")] = Mode.SHADOW,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say when, change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the account's name.")] = False,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Put the account into a weaker mode."""
    text = f"From the next session on the guard acts for {account} no more (mode {mode.value})."
    put_into(
        home, account, mode.value, text, dry_run=dry_run, yes=yes, from_stdin=from_stdin, as_json=as_json
    )


COMMAND = Command(
    disarm,
    "Let the guard act no more, from the next session on.",
    (
        "Put an account into mode shadow, warn or off. What is looser waits for the next session and is shown to trader "
        "and admin until then; it can be called off. Locks that run stay. Needs the admin password."
    ),
    ["risk admin disarm alice", "risk admin disarm alice --mode warn --dry-run"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
