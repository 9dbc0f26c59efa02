"""`risk run`: the guard itself, in this terminal."""

from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption


def run(
    home: HomeOption = None,
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,
) -> None:
    """Run the guard. `supervised`: a parent listens to its heartbeat on standard output (`risk service-host`)."""
    from service.home import find_home
    from service.host import run as guard

    root = find_home(home).root
    if supervised:
        from service.supervised import run_supervised

        raise typer.Exit(run_supervised(root))
    raise typer.Exit(int(guard(root)))


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
