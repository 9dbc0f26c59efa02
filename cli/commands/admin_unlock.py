"""`risk admin unlock`: lift a lock with the password; the trader's log says who and why."""

from typing import Annotated, Any

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.prompts import answer, confirm_by_name, secret
from cli.terminal import out, say
from service.home import find_home


def unlock(
    account: Annotated[str, typer.Option("--account", help="Whose lock.", show_default=False)],
    lock: Annotated[
        str, typer.Argument(help="The lock's id; without it all that can be lifted.", show_default=False)
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="Why; the trader reads it.", show_default=False)
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be lifted, lift nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the account's name.")] = False,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask for reason, name and password, then lift."""
    root = find_home(home).root
    why = reason or answer(f"Why is {account} unlocked?", option="--reason")
    if not dry_run:
        confirm_by_name(account, f"This lifts {lock or 'every lock'} of {account} now.", is_sure=yes)
    password = secret("Admin password: ", from_stdin=from_stdin)
    done = asked(
        root, "admin", "unlock", password=password, account=account, reason=why, lock=lock, is_dry_run=dry_run
    )
    if as_json:
        import json

        out(json.dumps({"schema": "risk.unlock/1", **done}))
        return
    for row in done.get("would_lift", done.get("lifted", [])):
        out(f"{'would lift' if dry_run else 'lifted'} {_said(row)}")
    for row in done["stays"]:
        out(f"stays: {_said(row)} (the trader's own promise, which nobody shortens)")
    for row in done.get("set_again", []):
        say(f"  -> a rule that still holds has set {_said(row)} again: change the rule, or wait")


def _said(row: dict[str, Any]) -> str:
    until = f", until {plain(row['end'], 80)}" if row["end"] != "manual" else ""
    return f"{plain(row['id'], 20)} {plain(row['scope'], 24)}: {plain(row['rule'], 40)}{until}"


COMMAND = Command(
    unlock,
    "Lift a lock now, with the password.",
    (
        "Lift one lock of an account, or all that can be lifted. It needs the admin password, a reason, and on a "
        "terminal the account's name typed in. It works at once and stands in the audit trail and in the trader's log. "
        "A lock that the trader set for a time is a promise that nobody shortens."
    ),
    [
        "risk admin unlock L7 --account alice --reason 'agreed by phone'",
        "risk admin unlock --account alice --dry-run",
    ],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
