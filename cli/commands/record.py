"""`risk record`: what the venue says, written to a file, without secrets."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.lengths import seconds_in
from cli.options import HomeOption
from cli.terminal import say


def record(
    file: Annotated[Path, typer.Argument(help="A new file; one that exists is never overwritten.")],
    home: HomeOption = None,
    login: Annotated[
        str | None, typer.Option(help="Which login; needed when several are in use.", show_default=False)
    ] = None,
    length: Annotated[
        str | None, typer.Option("--for", help="For how long: 60s, 30m, 8h.", show_default=False)
    ] = None,
) -> None:
    """Listen and write."""
    from service.exits import CannotStart
    from service.home import find_home
    from service.recording import record as recorded
    from service.stopping import stopped_by_signals

    seconds = None if length is None else seconds_in("--for", length)
    say("risk: recording until Ctrl-C" if seconds is None else f"risk: recording for {length}")
    try:
        with stopped_by_signals() as stop:
            done = recorded(find_home(home), file, login=login, seconds=seconds, stop=stop)
    except CannotStart as error:
        raise Failure(str(error), code=ExitCode(int(error.code))) from error
    written = ", ".join(f"{count} {kind}" for kind, count in sorted(done.counts.items()))
    say(f"risk: {file}: {written or 'nothing was heard'}")
    for trouble in done.troubles:
        raise Failure(trouble, "free some space and record again", ExitCode.CONFIGURATION)
    say(f"  -> risk replay {file} --ruleset starter")


COMMAND = Command(
    record,
    "Write down what the venue says.",
    (
        "Write every frame of both hubs and every answer by REST to a file, one JSON line each, with the venue's time. "
        "Keys and tokens are taken out; account numbers, names and balances stay in. It logs in beside the guard and "
        "changes nothing at the venue, but where the platform allows one session only, it may end another one."
    ),
    ["risk record monday.jsonl --for 8h", "risk record now.jsonl --login main --for 60s"],
    [
        ExitCode.USAGE,
        ExitCode.CONFIGURATION,
        ExitCode.AUTHENTICATION,
        ExitCode.UNREACHABLE,
    ],
)
