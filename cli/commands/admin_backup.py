"""`risk admin backup`: one file with everything a home needs to go on, API keys left out."""

from typing import Annotated

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption
from cli.prompts import secret
from cli.terminal import out, say
from service.home import find_home


def backup(
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Let the guard write it, and say where it is."""
    done = asked(
        find_home(home).root, "admin", "backup", password=secret("Admin password: ", from_stdin=from_stdin)
    )
    out(str(done["path"]))
    say(
        f"  -> {done['files']} files: settings, accounts, rules, the store; API keys are not in it. Copy it elsewhere"
    )
    say("  -> back again, with the guard stopped: risk admin restore FILE")


COMMAND = Command(
    backup,
    "Write everything a home needs into one file.",
    (
        "Write settings, accounts, rulesets, the password's hash and a checked copy of the store into one zip in the "
        "home's data/backups, readable by its owner alone. API keys are left out: a copy must not be able to trade. "
        "The guard goes on meanwhile. (It also copies its store by itself, once a day.)"
    ),
    ["risk admin backup", "risk admin backup --stdin < password.txt"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
