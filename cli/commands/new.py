"""`risk new rule`: a first version of a rule and of its test."""

import re
from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.rule_paths import ruleset_folder
from cli.terminal import out, say

NAME = re.compile(r"[a-z_][a-z0-9_]*")
SCOPES = ("account", "symbol", "position", "trade")


def new(
    what: Annotated[str, typer.Argument(metavar="rule", help="What to make: `rule`.")],
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and `_`.")],
    scope: Annotated[str, typer.Option(help=f"What it looks at: {', '.join(SCOPES)}.")] = "account",
    ruleset: Annotated[
        Path | None, typer.Option("--ruleset", help="The folder; else the one here.", show_default=False)
    ] = None,
) -> None:
    """Write both files."""
    if what != "rule":
        raise Failure(f"`{what}` cannot be made", "risk new rule NAME --scope account", ExitCode.USAGE)
    if not NAME.fullmatch(name):
        advice = "use small letters, digits and `_`, for example `daily_loss`"
        raise Failure(f"`{name}` cannot be the name of a rule", advice, ExitCode.USAGE)
    if scope not in SCOPES:
        raise Failure(f"there is no scope `{scope}`", f"scopes: {', '.join(SCOPES)}", ExitCode.USAGE)
    folder = ruleset_folder(ruleset)
    from dsl.atomic import write_whole
    from dsl.skeleton import rule_text, test_text

    files = {
        folder / f"{name}.yaml": rule_text(name, scope),
        folder / "tests" / f"{name}.test.yaml": test_text(name, scope),
    }
    taken = next((path for path in files if path.exists()), None)
    if taken is not None:
        raise Failure(
            f"{taken.as_posix()} is there already", "choose another name; nothing was written", ExitCode.USAGE
        )
    try:
        (folder / "tests").mkdir(exist_ok=True)
        for path, text in files.items():
            write_whole(path, text)
            out(path.as_posix())
    except OSError as error:
        message = f"{folder.as_posix()} cannot be written: {error.strerror}"
        raise Failure(message, "check who may write there", ExitCode.CONFIGURATION) from error
    say(f"  -> edit both, then: risk validate {folder.as_posix()} && risk test {folder.as_posix()}")


COMMAND = Command(
    new,
    "Begin a rule and its test.",
    "Write a first version of a rule, with comments, and of its test beside it. Both are valid as they stand.",
    [
        "risk new rule loss_in_the_morning --scope account",
        "risk new rule small_size --scope symbol --ruleset rulesets/mine",
    ],
    [ExitCode.USAGE, ExitCode.CONFIGURATION],
)
