"""`risk status`: may I trade, how close am I to each limit, what happened."""

from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import AccountOption, HomeOption, JsonOption
from cli.short_way import StatusRequest


def status(
    home: HomeOption = None,
    account: AccountOption = None,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Stay, and follow until Ctrl-C.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Print only the verdict; exit 1 when locked, broken or blind.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the latest published status."""
    from cli.show_status import show_status

    raise typer.Exit(show_status(StatusRequest(home, account, watch, check, as_json)))


COMMAND = Command(
    status,
    "May I trade, and how close is each limit?",
    (
        "Show whether you may trade, how close each limit is, and what the guard did. Works while it is down, too: "
        "then the last known state is shown, with its age."
    ),
    ["risk status --watch", "risk status --check && echo free to trade"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.DAMAGED],
)
