"""`risk admin service`: the guard as a service of this system, which starts at boot and which the trader cannot stop."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.at_the_door import NotRunning, asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.prompts import answer, secret
from cli.terminal import out, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.service_here import SystemService


AS_ROOT = "run it as root, or as an administrator"


class Action(StrEnum):
    """What to do with the service."""

    INSTALL = "install"
    START = "start"
    STOP = "stop"
    STATUS = "status"
    UNINSTALL = "uninstall"


def service(
    action: Annotated[Action, typer.Argument(help="What to do.", show_default=False)],
    home: HomeOption = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="install: take over this home, with its locks.", show_default=False),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", help="stop, uninstall: why; the trader reads it.", show_default=False)
    ] = "",
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
) -> None:
    """Do it, and say step by step what was done."""
    from service.system.commands import SystemRefused
    from service.system.moving import CannotMove

    root = _home(home)
    try:
        if action is Action.INSTALL:
            _install(root, source)
        elif action is Action.START:
            _here(root).start()
            out("started")
        elif action is Action.STATUS:
            _status(root)
        else:
            _stop(root, reason, from_stdin=from_stdin)
            _say(_here(root).uninstall() if action is Action.UNINSTALL else iter(()))
    except (SystemRefused, CannotMove) as error:
        raise Failure(str(error), AS_ROOT, ExitCode.REFUSED) from error
    except OSError as error:
        what = f"{error.filename or 'the system'}: {error.strerror or error}"
        raise Failure(what, AS_ROOT, ExitCode.REFUSED) from error


def _home(given: Path | None) -> Path:
    """Return the home of the service: the given one, RISK_HOME, else the system's own place and not a user's."""
    import os
    import sys

    from service.home import usual_home

    if given is not None:
        return given.absolute()
    named = os.environ.get("RISK_HOME", "").strip()
    return Path(named).absolute() if named else usual_home(sys.platform)


def _here(root: Path) -> "SystemService":
    from service.service_here import service_here

    return service_here(root)


def _install(root: Path, source: Path | None) -> None:
    if source is not None:
        from service.service_here import closed_folder
        from service.system.moving import take_over

        out(f"took over {', '.join(take_over(source.absolute(), root, closed_folder))} from {source}")
    if not (root / "settings.yaml").exists():
        raise Failure(
            f"there is no home in {root} yet",
            "make one with `risk admin init`, then `risk admin service install --from HOME`",
            ExitCode.CONFIGURATION,
        )
    _say(_here(root).install())
    say("next: `risk admin service status`, and `risk status` as the trader")


def _say(steps: "Iterator[str]") -> None:
    for done in steps:
        out(done)


def _status(root: Path) -> None:
    import cli as package

    folder = Path(package.__file__).resolve().parent
    steps = list(_here(root).steps(folder))
    for step in steps:
        verdict = {"pass": "pass", "fail": "FAIL", "unknown": "cannot tell"}[step.verdict.value]
        out(f"{verdict:<11} {step.name}: {step.text}")
        if step.fix and step.verdict.value != "pass":
            out(f"{'':<11} -> {step.fix}")
    if any(step.verdict.value == "fail" for step in steps):
        raise typer.Exit(ExitCode.FINDINGS)


def _stop(root: Path, reason: str, *, from_stdin: bool) -> None:
    """Stop with the password: asked of the running guard, which then accepts a stop for a minute."""
    why = reason or answer("Why is the guard stopped?", option="--reason")
    password = secret("Admin password: ", from_stdin=from_stdin)
    try:
        asked(root, "admin", "service_stop", password=password, reason=why)
    except NotRunning:
        _check_alone(root, password)
    _here(root).stop()
    out("stopped: nobody is guarding")


def _check_alone(root: Path, password: str) -> None:
    """Check the password on the home's own file, since no guard runs that could."""
    from service.home import Home
    from service.password import AdminPassword, PasswordRefused

    kept = AdminPassword(Home(root).password)
    try:
        if kept.exists and not kept.check(password).is_right:
            advice = (
                "nothing was changed; wait a little (up to 5 minutes after many wrong tries) and try again"
            )
            raise Failure("this is not the password, or it was tried too soon", advice, ExitCode.REFUSED)
    except PasswordRefused as error:
        raise Failure(str(error), "nothing was changed", ExitCode.REFUSED) from error


COMMAND = Command(
    service,
    "The guard as a service: install, start, stop, status, uninstall.",
    (
        "Make the guard a service of this system: it starts at boot, is started again whatever happens to it, and the "
        "trader cannot stop it. It needs root or an administrator; to stop and remove it also the admin password and a "
        "reason, which stand in the trader's log. `status` compares what is there with what was planned; where the "
        "system does not let us look it says `cannot tell`."
    ),
    ["risk admin service install --from ~/desk", "risk admin service stop --reason 'new disk'"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.REFUSED],
)
