"""`risk admin grant`: the partner's side of a grant. Offline: it needs neither the guard nor a network."""

from pathlib import Path
from typing import Annotated

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.prompts import secret
from cli.terminal import out, say
from service.home import find_home

SETUP, PAGE = "setup", "page"


def grant(
    challenge: Annotated[
        str,
        typer.Argument(
            metavar="CHALLENGE|setup|page", help="What the trader reads out; or `setup`, or `page`."
        ),
    ],
    account: Annotated[
        str, typer.Option("--account", help="Whose lock you allow to be lifted.", show_default=False)
    ] = "",
    lock: Annotated[str, typer.Option("--lock", help="Which lock, as L7.", show_default=False)] = "",
    length: Annotated[
        str, typer.Option("--for", help="For how long: 30m, 2h, or `good`.", show_default=False)
    ] = "",
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the secret or the password from stdin.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Compute a code, or make the secret that it is computed with."""
    if challenge == SETUP:
        _set_up(home, from_stdin)
        return
    if challenge == PAGE:
        out(
            (Path(__file__).resolve().parents[1] / "pages" / "grant.html")
            .read_text(encoding="utf-8")
            .rstrip()
        )
        return
    from cli.grant_lengths import minutes_in
    from service.grants import codes

    missing = [
        name for name, value in (("--account", account), ("--lock", lock), ("--for", length)) if not value
    ]
    if missing:
        text = f"{' and '.join(missing)} must say what you allow; the code fits nothing else"
        raise Failure(text, "write what the trader's screen shows, if you agree to it", ExitCode.USAGE)
    minutes = minutes_in(length)
    try:
        typed = codes.read_challenge(challenge)
        shared = codes.read_secret(secret("The secret you share with the guard: ", from_stdin=from_stdin))
    except codes.Unreadable as error:
        raise Failure(str(error), "nothing was allowed", ExitCode.USAGE) from error
    code = codes.code(shared, typed, account, lock, minutes)
    out(f"{code[:4]} {code[4:]}")
    what = f"for {minutes} minutes" if minutes else "for good"
    say(f"  -> read it out: it lifts {lock.upper()} of {account} {what}, once, and nothing else")


def _set_up(home: Path | None, from_stdin: bool) -> None:
    root = find_home(home).root
    done = asked(root, "admin", "grant_setup", password=secret("Admin password: ", from_stdin=from_stdin))
    out(str(done["secret"]))
    say("  -> this is shown once: give it to your partner, who keeps it where the trader cannot see it")
    say(
        "  -> with it the partner runs, without any network: risk admin grant CHALLENGE --account .. --lock .. --for .."
    )


COMMAND = Command(
    grant,
    "Allow one unlock over the phone.",
    (
        "The trader reads out a challenge, the account, the lock and the time. You type them in with the secret you "
        "share with the guard, and read the code back. It fits nothing else and works once. `setup` (with the admin "
        "password) makes a new secret and shows it once; codes of the old one open nothing any more. `page` prints one HTML file that "
        "computes codes on a telephone, without a network."
    ),
    ["risk admin grant page > grant.html", "risk admin grant K7QM-2FXP --account alice --lock L7 --for 30m"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
