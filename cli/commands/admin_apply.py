"""`risk admin apply`: take changed files over; what is stricter holds at once, what is looser waits."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.applied import plain_lines, show_applied
from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.prompts import secret
from cli.terminal import out, say
from service.home import find_home


def apply(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, change nothing.")
    ] = False,
    call_off: Annotated[
        bool, typer.Option("--call-off", help="Forget the looser changes that wait; the files stay.")
    ] = False,
    account: Annotated[
        str,
        typer.Option(
            "--account", help="Whose changes to call off; without it everybody's.", show_default=False
        ),
    ] = "",
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask for the password and let the guard compare its rules with the files."""
    root = find_home(home).root
    password = secret("Admin password: ", from_stdin=from_stdin)
    if call_off:
        _call_off(root, password, account, as_json=as_json)
        return
    done = asked(root, "admin", "apply", password=password, is_dry_run=dry_run)
    if as_json:
        out(json.dumps({"schema": "risk.apply/1", **done}))
    elif not done["is_usable"]:
        say(plain_lines(done["problems"]))
        say("The files cannot be used as they stand. Nothing was changed: what was in force stays in force.")
    else:
        show_applied(done, is_dry_run=dry_run)
    if not done["is_usable"]:
        raise typer.Exit(ExitCode.FINDINGS)


def _call_off(root: Path, password: str, account: str, *, as_json: bool) -> None:
    done = asked(root, "admin", "call_off", password=password, account=account)
    if as_json:
        out(json.dumps({"schema": "risk.call_off/1", **done}))
        return
    for one in done["called_off"]:
        out(f"{plain(one['account'], 40)}: called off")
        rules = one["waiting"]["changes"] if one["waiting"] is not None else []
        for change in [*rules, *one["beside"]]:
            out(f"  {plain(change['text'], 200)}")
    say("The files still say so. Put them back, or `risk admin apply` asks for it again.")


COMMAND = Command(
    apply,
    "Take changed files over: stricter at once, looser later.",
    (
        "Compare the home's files with the rules in force and take them over. Each change is judged: what is proved to "
        "be stricter holds at once, rule by rule and value by value; what is looser, or cannot be proved to be "
        "stricter, waits for the next 17:00 Chicago open at least an hour away (`loosen_delay`), is shown to the trader "
        "meanwhile, and can be called off. Files with mistakes change nothing. A lock that runs is never shortened."
    ),
    ["risk admin apply --dry-run", "risk admin apply --call-off --account alice"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
