"""`risk admin password`: set or change the password without which nothing may be loosened."""

import getpass
import sys
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.terminal import say
from service.home import find_home


def password(
    home: HomeOption = None,
    from_stdin: Annotated[
        bool,
        typer.Option(
            "--stdin", help="Read lines from stdin: the old password, if there is one, then the new."
        ),
    ] = False,
) -> None:
    """Ask, and store only a hash."""
    from service.password import AdminPassword, PasswordRefused

    root = find_home(home).root
    if not root.is_dir():
        raise Failure(
            f"there is no folder {root}", "make it, or choose the home with --home", ExitCode.CONFIGURATION
        )
    kept = AdminPassword(find_home(home).password)
    try:
        if kept.exists:
            _require_right(kept.check(_read("Old password: ", from_stdin)).is_right)
        new = _read("New password: ", from_stdin)
        if not from_stdin and _read("New password again: ", from_stdin) != new:
            raise Failure("the two passwords differ", "nothing was changed; try again", ExitCode.REFUSED)
        kept.set(new)
    except PasswordRefused as refused:
        raise Failure(str(refused), "nothing was changed", ExitCode.REFUSED) from refused
    except OSError as error:
        text = f"cannot write {find_home(home).password}: {error.strerror}"
        raise Failure(text, "run it as the user who owns the home", ExitCode.CONFIGURATION) from error
    say("The admin password is set. It cannot be read back: keep it where the trader cannot.")


def _require_right(is_right: bool) -> None:
    if not is_right:
        raise Failure(
            "this is not the password, or it was tried too soon after a wrong one",
            "nothing was changed; wait a little (up to 5 minutes after many wrong tries) and try again",
            ExitCode.REFUSED,
        )


def _read(prompt: str, from_stdin: bool) -> str:
    """Return one line; never from the command line, where others can see it."""
    if from_stdin:
        line = sys.stdin.readline()
        if not line:
            raise Failure("stdin ended before the password", "write one line for each", ExitCode.USAGE)
        return line.rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Failure("a password is asked for on a terminal only", "or use --stdin", ExitCode.USAGE)
    return getpass.getpass(prompt)


COMMAND = Command(
    password,
    "Set or change the admin password.",
    (
        "Set or change the admin password of a home. It is asked for twice and stored as an argon2id hash; changing "
        "it needs the old one."
    ),
    ["risk admin password", "risk admin password --stdin < password.txt"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.REFUSED],
)
