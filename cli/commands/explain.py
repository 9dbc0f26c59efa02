"""`risk explain`: what a rule was compiled to."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.commands.validate import require_paths
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.terminal import console, out


def explain(
    rule: Annotated[Path, typer.Argument(help="The file of a rule, inside its ruleset.")],
    compiled: Annotated[bool, typer.Option("--compiled", help="Print the generated Python.")] = False,
) -> None:
    """Print it."""
    if not compiled:
        raise Failure(
            "only `--compiled` can be explained yet", f"risk explain --compiled {rule}", ExitCode.USAGE
        )
    require_paths([rule])
    from cli.views.problems import colored
    from dsl.pipeline import load_ruleset
    from dsl.render import render_text

    loaded = load_ruleset(rule.parent)
    text = loaded.sources.get(rule.stem, "")
    if not text:
        console(stderr=True).print(colored(render_text(loaded.problems)), soft_wrap=True)
        raise Failure(f"{rule} cannot be compiled", f"risk validate {rule}", ExitCode.FINDINGS)
    out(text.rstrip("\n"))


COMMAND = Command(
    explain,
    "Print what a rule was compiled to.",
    "Print the Python that was generated from a rule: exactly what the guard evaluates on each event.",
    [
        "risk explain --compiled rulesets/starter/max_contracts.yaml",
        "risk explain --compiled rulesets/starter/daily_realized_loss.yaml",
    ],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
