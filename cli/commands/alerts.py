"""`risk alerts`: a sound and a toast when the guard locks, frees, warns or enforces."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cli.act_log import ActLine, follow_acts
from cli.alerting import ring, toaster
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.moments import exchange_zone
from cli.options import AccountOption, HomeOption
from cli.plain import plain
from cli.terminal import console, say
from service.home import find_home

CALLS = {
    "lock": "locked",
    "unlock": "a lock has ended",
    "warn": "warning",
    "reentry": "closed again",
    "gap": "was not guarded",
}
"""Acts that call the trader, and how."""

BEAT = 0.5


def alerts(
    home: HomeOption = None,
    account: AccountOption = None,
    quiet: Annotated[bool, typer.Option("--no-sound", help="Only toasts and lines.")] = False,
) -> None:
    """Follow until Ctrl-C; only what happens from now on calls."""
    from cli.views.act_lines import act_line

    found = find_home(home)
    if not found.acts.exists():
        say("nothing was ever done here; waiting for the guard's first act")
    show = toaster()
    if show is None:
        say(
            "this system shows no toasts here (on Windows: pip install 'risk-manager[notify]'); lines and sound only"
        )
    for act in _new_acts(found.acts, account):
        console().print(act_line(act, exchange_zone()), soft_wrap=True)
        if not quiet:
            ring()
        if show is not None:
            show(f"{plain(act.account, 40)}: {_call(act)}", plain(act.text, 300) or plain(act.reason, 300))


def _new_acts(path: Path, account: str | None) -> Iterator[ActLine]:
    """Yield acts that call, from now on. Waits for the log where there is none yet."""
    had_a_log = path.exists()
    while not path.exists():
        time.sleep(BEAT)
    for act in follow_acts(path, lambda: time.sleep(BEAT), only_new=had_a_log):
        if act is not None and account in (None, act.account) and _calls(act):
            yield act


def _calls(act: ActLine) -> bool:
    return act.kind in CALLS or (act.kind == "enforcement" and act.progress == "escalated")


def _call(act: ActLine) -> str:
    return CALLS.get(act.kind, "NOT DONE, look at the platform")


COMMAND = Command(
    alerts,
    "A sound and a toast when the guard acts.",
    (
        "Stay in your own session and call you: a sound, a toast of the desktop where it has one, and the line, when the "
        "guard locks, frees, warns, closes a re-entry or could not do what it wanted. Start it when you log on."
    ),
    ["risk alerts", "risk alerts --account alice --no-sound"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.INTERRUPTED],
)
