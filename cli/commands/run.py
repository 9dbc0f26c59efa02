"""`risk run`: the guard itself, in this terminal."""

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption


def run(home: HomeOption = None) -> None:
    """Run the guard."""
    from service.home import find_home
    from service.host import run as guard

    raise typer.Exit(int(guard(find_home(home).root)))


COMMAND = Command(
    run,
    "Guard the accounts of a home.",
    "Guard the accounts configured in the home until Ctrl-C. Locks, timers and counters survive a stop.",
    ["risk run", "risk run --home ~/desk"],
    [
        ExitCode.USAGE,
        ExitCode.CONFIGURATION,
        ExitCode.AUTHENTICATION,
        ExitCode.DAMAGED,
        ExitCode.OCCUPIED,
        ExitCode.INTERRUPTED,
        ExitCode.TERMINATED,
    ],
)
