"""`risk admin arm`: from now on the guard acts for this account."""

from typing import Annotated

import typer

from cli.arming import put_into
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption


def arm(
    account: Annotated[str, typer.Argument(help="The account's name.")],
    warn: Annotated[bool, typer.Option("--warn", help="Only tell, do not act.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the account's name.")] = False,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Put the account into mode enforce (or warn)."""
    mode = "warn" if warn else "enforce"
    text = f"From now on the guard {'tells of breaches' if warn else 'closes positions and cancels orders'} of {account}."
    put_into(home, account, mode, text, dry_run=dry_run, yes=yes, from_stdin=from_stdin, as_json=as_json)


COMMAND = Command(
    arm,
    "Let the guard act for an account.",
    (
        "Put an account into mode enforce, at once: rules in mode enforce then close positions and cancel orders. Each "
        "rule still has a mode of its own, and the weaker one holds. Needs the admin password."
    ),
    ["risk admin arm alice", "risk admin arm alice --dry-run"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
