"""`risk admin restore`: a backup's files back into a home, with the guard stopped. Never a way out of a lock."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.plain import plain
from cli.prompts import secret
from cli.terminal import out, say
from service.home import Home, find_home


def restore(
    file: Annotated[Path, typer.Argument(help="What `risk admin backup` wrote.")],
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Check the password, then put the files back."""
    from service.exits import CannotStart
    from service.home import HomeUnusable
    from service.single import Single
    from service.whole_backup import WholeBackupFailed, restore_home

    there = find_home(home)
    try:
        there.root.mkdir(mode=0o755, parents=True, exist_ok=True)
        there.prepare()
        with Single(there):
            _require_password(there, from_stdin)
            aside = there.data / _free_name(there)
            has_store = there.store.exists()
            names = restore_home(there, file, aside)
    except CannotStart as error:
        text = (
            "the guard is running: stop it before you restore"
            if int(error.code) == int(ExitCode.OCCUPIED)
            else str(error)
        )
        raise Failure(text, "nothing was changed", ExitCode(int(error.code))) from error
    except WholeBackupFailed as error:
        raise Failure(plain(error), "nothing was changed", ExitCode.CONFIGURATION) from error
    except (HomeUnusable, OSError) as error:
        raise Failure(plain(error), "run it as the user who owns the home", ExitCode.CONFIGURATION) from error
    out(f"{len(names)} files restored" + (f"; those before are in {aside}" if aside.exists() else ""))
    if has_store:
        say(
            "  -> the store stayed as it was, with its locks; looser rules wait for their time when the guard starts"
        )
    say("  -> API keys are not in a backup: see secrets/, then `risk doctor` and `risk run`")


def _require_password(home: Home, from_stdin: bool) -> None:
    """Ask for the password of the home as it is, if it has one. Raises Failure."""
    from service.password import AdminPassword, PasswordRefused

    kept = AdminPassword(home.password)
    if not kept.exists:
        return
    try:
        checked = kept.check(secret("Admin password of this home: ", from_stdin=from_stdin))
    except PasswordRefused as refused:
        raise Failure(str(refused), "nothing was changed", ExitCode.REFUSED) from refused
    if not checked.is_right:
        advice = f"nothing was changed; try again after {int(checked.wait) + 1} s"
        raise Failure("this is not the admin password, or it came too soon", advice, ExitCode.REFUSED)


def _free_name(home: Home) -> str:
    number = 1
    while (home.data / f"before-restore-{number}").exists():
        number += 1
    return f"before-restore-{number}"


COMMAND = Command(
    restore,
    "Put a backup's files back.",
    (
        "Put the files of a backup into a home whose guard is stopped; those before are kept aside. In a home without a "
        "store everything comes back. Where there is one, it stays: locks, password and waiting times cannot be rolled "
        "back, and looser rules wait for their time."
    ),
    ["risk admin restore home-1794927600.zip", "risk admin restore home-1794927600.zip --home ~/desk"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.OCCUPIED, ExitCode.REFUSED],
)
