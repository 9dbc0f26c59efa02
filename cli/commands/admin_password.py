"""`risk admin password`: set or change the password without which nothing may be loosened, and the ways back to it."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.at_the_door import NotRunning, asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.prompts import secret
from cli.terminal import out, say
from service.home import Home, find_home


class What(StrEnum):
    """What can be done about the password."""

    CHANGE = "change"
    RECOVERY = "recovery"
    RECOVER = "recover"
    RESET = "reset"
    CANCEL = "cancel"


def password(
    what: Annotated[
        What,
        typer.Argument(
            help="change it; make a recovery code; recover with that code; reset in 24 hours; cancel such a reset."
        ),
    ] = What.CHANGE,
    home: HomeOption = None,
    from_stdin: Annotated[
        bool,
        typer.Option(
            "--stdin",
            help="Read lines from stdin: the old password (or the code), if there is one, then the new.",
        ),
    ] = False,
) -> None:
    """Do one of five things; a guard that runs does them, so that they stand in the audit trail."""
    root = find_home(home).root
    if not root.is_dir():
        raise Failure(
            f"there is no folder {root}", "make it, or choose the home with --home", ExitCode.CONFIGURATION
        )
    match what:
        case What.CHANGE:
            _change(find_home(home), from_stdin)
        case What.RECOVERY:
            made = asked(
                root, "admin", "recovery_code", password=secret("Admin password: ", from_stdin=from_stdin)
            )
            out(str(made["code"]))
            say("  -> this is shown once: write it down and keep it where the trader cannot; it works once")
        case What.RECOVER:
            code = secret("Recovery code: ", from_stdin=from_stdin)
            asked(root, "admin", "recover", code=code, new=_new(from_stdin))
            say(
                "The new password is in force. The code is used up: `risk admin password recovery` makes another."
            )
        case What.RESET:
            done = asked(root, "admin", "reset_ask", new=_new(from_stdin))
            say(
                f"The new password takes effect at {done['due']}, by the venue's clock. Everybody can see that it waits."
            )
        case What.CANCEL:
            asked(root, "admin", "reset_cancel", password=secret("Admin password: ", from_stdin=from_stdin))
            say("No new password is waiting any more.")


def _change(home: Home, from_stdin: bool) -> None:
    is_set = home.password.exists()
    old = secret("Old password: ", from_stdin=from_stdin) if is_set else ""
    new = _new(from_stdin)
    try:
        if is_set:
            asked(home.root, "admin", "password", password=old, new=new)
        else:
            asked(home.root, "admin", "first_password", new=new)
    except NotRunning:
        _on_the_file(home, old, new)
    say("The admin password is set. It cannot be read back: keep it where the trader cannot.")


def _new(from_stdin: bool) -> str:
    new = secret("New password: ", from_stdin=from_stdin)
    if not from_stdin and secret("New password again: ", from_stdin=from_stdin) != new:
        raise Failure("the two passwords differ", "nothing was changed; try again", ExitCode.REFUSED)
    return new


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
        "it needs the old one. `recovery` (with the password) makes a code for the day on which it is lost, shown once; "
        "`recover` sets a new password with that code, at once. With neither, `reset` sets one that takes effect after "
        "24 hours, which the trader's screen shows all the while and `cancel` ends."
    ),
    ["risk admin password", "risk admin password reset"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
