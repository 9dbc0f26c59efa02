"""`risk service-host`: what a service manager starts. It keeps the guard running, whatever happens to it."""

import sys

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption


def service_host(home: HomeOption = None) -> None:
    """Start the guard and stay with it."""
    from service.home import find_home

    root = find_home(home).root
    if sys.platform == "win32":
        from service.windows.dispatcher import host_service

        raise typer.Exit(host_service(root))
    from service.supervise.hosting import host_forever

    raise typer.Exit(host_forever(root))


COMMAND = Command(
    service_host,
    "What a service manager starts: keeps the guard running.",
    (
        "Start the guard as a process of its own, listen to its heartbeat, and start it again when it dies or hangs. "
        "`risk admin service install` writes this into the service; by hand use `risk run`."
    ),
    ["risk service-host --home /var/lib/risk-manager", "risk service-host"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION],
)
