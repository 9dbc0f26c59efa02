"""`risk admin password`: set or change the password without which nothing may be loosened."""

from typing import Annotated

import typer

from cli.at_the_door import NotRunning, asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.prompts import secret
from cli.terminal import say
from service.home import Home, find_home


def password(
    home: HomeOption = None,
    from_stdin: Annotated[
        bool,
        typer.Option(
            "--stdin", help="Read lines from stdin: the old password, if there is one, then the new."
        ),
    ] = False,
) -> None:
    """Ask, and store only a hash; a guard that runs does it, so that it stands in the audit trail."""
    root = find_home(home).root
    if not root.is_dir():
        raise Failure(
            f"there is no folder {root}", "make it, or choose the home with --home", ExitCode.CONFIGURATION
        )
    is_set = find_home(home).password.exists()
    old = secret("Old password: ", from_stdin=from_stdin) if is_set else ""
    new = secret("New password: ", from_stdin=from_stdin)
    if not from_stdin and secret("New password again: ", from_stdin=from_stdin) != new:
        raise Failure("the two passwords differ", "nothing was changed; try again", ExitCode.REFUSED)
    try:
        if is_set:
            asked(root, "admin", "password", password=old, new=new)
        else:
            asked(root, "admin", "first_password", new=new)
    except NotRunning:
        _on_the_file(find_home(home), old, new)
    say("The admin password is set. It cannot be read back: keep it where the trader cannot.")


def _on_the_file(home: Home, old: str, new: str) -> None:
    """Do it without a guard."""
    from service.password import AdminPassword, PasswordRefused

    kept = AdminPassword(home.password)
    try:
        if kept.exists:
            _require_right(kept.check(old).is_right)
        kept.set(new)
    except PasswordRefused as refused:
        raise Failure(str(refused), "nothing was changed", ExitCode.REFUSED) from refused
    except OSError as error:
        text = f"cannot write {home.password}: {error.strerror}"
        raise Failure(text, "run it as the user who owns the home", ExitCode.CONFIGURATION) from error


def _require_right(is_right: bool) -> None:
    if not is_right:
        raise Failure(
            "this is not the password, or it was tried too soon after a wrong one",
            "nothing was changed; wait a little (up to 5 minutes after many wrong tries) and try again",
            ExitCode.REFUSED,
        )


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
