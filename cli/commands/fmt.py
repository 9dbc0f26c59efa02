"""`risk fmt`: rule files in their one layout."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.given_paths import require_paths
from cli.rule_paths import files_of
from cli.terminal import console, out, say


def fmt(
    path: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    check: Annotated[bool, typer.Option("--check", help="Change nothing; name what would change.")] = False,
) -> None:
    """Lay out and report."""
    require_paths(path)
    from cli.views.problems import colored
    from dsl.atomic import write_whole
    from dsl.layout import formatted
    from dsl.problems import Problem
    from dsl.render import render_text
    from dsl.rule_files import read_source

    problems: list[Problem] = []
    files = [file for one in path for file in files_of(one)]
    changed = 0
    for file in files:
        source = read_source(file, problems)
        text = formatted(source, problems) if source is not None else None
        if source is None or text is None or text == source.text:
            continue
        changed += 1
        out(file.as_posix())
        if not check:
            write_whole(file, text)
    if problems:
        console(stderr=True).print(colored(render_text(problems)), soft_wrap=True)
    verb = "would change" if check else "changed"
    say(f"{changed} of {len(files)} file{'s' if len(files) != 1 else ''} {verb}")
    if any(problem.is_error for problem in problems) or (check and changed):
        raise typer.Exit(ExitCode.FINDINGS)


COMMAND = Command(
    fmt,
    "Lay rule files out in one way.",
    "Lay rule files out in one way: indentation, spaces, line breaks of long conditions. Comments stay, and what a\n"
    "file says stays: it is read again and compared before it is written. Names the files it changed.",
    ["risk fmt rulesets/starter", "risk fmt --check rulesets/"],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
