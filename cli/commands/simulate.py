"""`risk simulate`: the simulated venue alone, for trying a client or a ruleset against it."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode


def simulate(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 0,
    world: Annotated[
        str, typer.Option(help="A shipped world (default, still, busy) or a YAML file.")
    ] = "default",
    seed: Annotated[int, typer.Option(help="The same seed gives the same market.")] = 1,
    recording: Annotated[
        Path | None,
        typer.Option(help="A file of `risk record`, played instead of a world.", show_default=False),
    ] = None,
    start: Annotated[
        str | None, typer.Option(help="The venue's time at the start, ISO 8601.", show_default=False)
    ] = None,
    speed: Annotated[float, typer.Option(min=0.01, help="How fast the venue's time runs.")] = 1.0,
) -> None:
    """Serve a venue."""
    from connectors.simulator.process import run_simulator

    chosen = world if not Path(world).suffix else str(Path(world))
    arguments = ["--port", str(port), "--world", chosen, "--seed", str(seed), "--speed", str(speed)]
    arguments += ["--start", start] if start else []
    arguments += ["--recording", str(recording)] if recording else []
    raise typer.Exit(run_simulator(arguments))


COMMAND = Command(
    simulate,
    "Run the simulated venue alone.",
    (
        "Run the simulated venue until Ctrl-C. The first line printed is JSON: its addresses, login, accounts and "
        "contracts. It listens on this computer only. With --recording it plays a recorded session instead: the same "
        "answers, the same frames at the same distances, from the moment somebody subscribes; nothing can be changed."
    ),
    [
        "risk simulate --world busy --speed 10",
        "risk simulate --recording monday.jsonl --speed 4",
    ],
    [ExitCode.USAGE, ExitCode.CONFIGURATION],
)
