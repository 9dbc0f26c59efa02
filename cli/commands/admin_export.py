"""`risk admin export`: the evidence for a dispute, in one file without secrets."""

from typing import Annotated

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.prompts import secret
from cli.terminal import out, say
from service.home import find_home


def export(
    days: Annotated[int, typer.Option("--days", help="How many days back.")] = 30,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Let the guard write it, and say where it is and how its trail ends."""
    password = secret("Admin password: ", from_stdin=from_stdin)
    done = asked(find_home(home).root, "admin", "export", password=password, days=days)
    if as_json:
        import json

        out(json.dumps({"schema": "risk.export/1", **done}))
        return
    out(str(done["path"]))
    say(f"  -> {done['rows']} lines in {done['files']} files; manifest.json names each with its SHA-256")
    say(
        f"  -> the audit trail ends with {done['audit_head']}: write that down, and nobody can change what came before"
    )


COMMAND = Command(
    export,
    "Write the evidence for a dispute into one file.",
    (
        "Write the audit trail, decisions, locks, enforcements, the journal, the rules that were in force and the "
        "trader's log into one zip in the home's data/exports, with a digest of every file and the end of the audit "
        "chain. Keys, tokens and the password's hash are not in it; account numbers and balances are."
    ),
    ["risk admin export", "risk admin export --days 7 --json"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
