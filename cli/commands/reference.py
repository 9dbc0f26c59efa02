"""`risk reference`: the reference of the language, made from its tables."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.terminal import out, say


def reference(
    write: Annotated[
        bool, typer.Option("--write", help="Write the page and the schemas below this folder.")
    ] = False,
) -> None:
    """Print the page, or write everything."""
    from dsl.reference import generated
    from dsl.reference.page import page

    if not write:
        out(page().rstrip("\n"))
        return
    from dsl.atomic import write_whole

    files = {Path(name): text for name, text in generated().items()}
    missing = next((path.parent for path in files if not path.parent.is_dir()), None)
    if missing is not None:
        raise Failure(
            f"there is no folder `{missing}` here", "stand where `rulesets` and `schemas` are", ExitCode.USAGE
        )
    for path, text in files.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        write_whole(path, text)
        out(path.as_posix())
    say("the reference is up to date")


COMMAND = Command(
    reference,
    "Print the reference of the rule language.",
    "Print the reference of the rule language: fields, functions, aggregates, windows, actions and settings. With\n"
    "--write it is written to rulesets/REFERENCE.md, and the JSON Schemas for editors to schemas/.",
    ["risk reference", "risk reference --write"],
    [ExitCode.USAGE],
)
