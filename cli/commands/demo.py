"""`risk demo`: see the guard work, without an account, within about a minute."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import JsonOption
from cli.terminal import console, out


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Print lines instead of the live screen.")
    ] = False,
    as_json: JsonOption = False,
    seed: Annotated[int, typer.Option(help="Another seed is another market.")] = 1,
    keep: Annotated[
        Path | None,
        typer.Option(help="Use this empty folder as the home, and keep it.", show_default=False),
    ] = None,
) -> None:
    """Play it."""
    from cli.demo.play import play
    from cli.demo.stage import Lines, Screen
    from cli.demo.summary import summary

    if keep is not None:
        _require_empty(keep)
    screen = console()
    is_live = screen.is_terminal and not (headless or as_json)
    result = play(Screen() if is_live else Lines(), seed, keep)
    if as_json:
        out(json.dumps(result.as_json()))
    else:
        screen.print(summary(result))
    if not result.is_ok:
        raise typer.Exit(ExitCode.FINDINGS)


def _require_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise Failure(f"cannot use {folder}: {error.strerror}", code=ExitCode.CONFIGURATION) from error
    if not is_empty:
        raise Failure(f"{folder} is not empty", "name a new folder", ExitCode.CONFIGURATION)


COMMAND = Command(
    demo,
    "See the guard work: no account needed.",
    (
        "Start a simulated venue and the guard, and let traders break each rule and try to re-enter while locked. "
        "Takes about a minute; everything is taken down again. Exit 0 only if the venue showed every enforcement."
    ),
    ["risk demo", "risk demo --headless --json"],
    [
        ExitCode.FINDINGS,
        ExitCode.NOT_RUNNING,
        ExitCode.UNREACHABLE,
        ExitCode.INTERRUPTED,
        ExitCode.TERMINATED,
    ],
)
