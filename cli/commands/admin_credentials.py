"""`risk admin credentials set LOGIN`: a new API key, tried at the venue before it takes the old one's place."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption
from cli.prompts import secret
from cli.terminal import out, say
from service.home import find_home


class What(StrEnum):
    """What can be done with credentials."""

    SET = "set"


def credentials(
    what: Annotated[What, typer.Argument(metavar="set", help="Set the key.")],
    login: Annotated[str, typer.Argument(help="The login's name in settings.yaml.")],
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read two lines from stdin: the admin password, then the key.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Ask for password and key, and let the guard try it."""
    root = find_home(home).root
    password = secret("Admin password: ", from_stdin=from_stdin)
    key = secret(f"New API key of {login}: ", from_stdin=from_stdin)
    done = asked(root, "admin", "credentials", password=password, login=login, key=key)
    out(f"login {login}: the venue let the new key in; it is in use and kept")
    if done["overridden_by"]:
        say(f"  -> {done['overridden_by']} is set: at the next start it is stronger than the file")


COMMAND = Command(
    credentials,
    "Change the API key of a login.",
    (
        "Give the guard a new API key. It logs in with it first: only a key that the venue lets in takes the place of "
        "the old one, at once. Needs the admin password; the key is never an argument and never in a log."
    ),
    ["risk admin credentials set main", "risk admin credentials set main --stdin < two-lines.txt"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
