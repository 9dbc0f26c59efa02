"""`risk diff`: what one ruleset allows that another does not, change by change."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import JsonOption
from cli.plain import plain
from cli.rule_paths import ruleset_folder
from cli.terminal import out, say

if TYPE_CHECKING:
    from dsl.ratchet.bundle import Bundle
    from dsl.ratchet.change import Change

SIGNS = {"stricter": "+ stricter", "looser": "- looser  ", "unknown": "? unknown ", "neutral": "  neutral "}


def diff(
    old: Annotated[Path, typer.Argument(help="The folder of the ruleset as it was.")],
    new: Annotated[Path, typer.Argument(help="The folder of the ruleset as it is meant to be.")],
    as_json: JsonOption = False,
) -> None:
    """Judge every difference."""
    from dsl.ratchet.judge import CannotJudge, judge
    from dsl.render import render_text

    before, after = _bundle(ruleset_folder(old)), _bundle(ruleset_folder(new))
    try:
        changes = judge(before, after).changes
    except CannotJudge as error:
        say(render_text(list(error.problems)))
        raise Failure(
            f"{new} cannot be used as it stands", f"risk validate {new}", ExitCode.FINDINGS
        ) from error
    if as_json:
        out(
            json.dumps(
                {"schema": "risk.diff/1", "changes": [_row(change) for change in changes]}, ensure_ascii=False
            )
        )
    for change in () if as_json else changes:
        why = f" ({change.why})" if change.why else ""
        out(f"{SIGNS[change.verdict.value]} {plain(change.text, 200)}{why}")
    if not changes:
        say("No difference.")
    if any(change.verdict.waits for change in changes):
        raise typer.Exit(ExitCode.FINDINGS)


def _bundle(folder: Path) -> "Bundle":
    """Return a folder as the judge looks at it. Raises Failure."""
    from dsl.problems import Problem
    from dsl.ratchet.bundle import Bundle
    from dsl.render import render_text
    from dsl.rule_files import read_folder

    problems: list[Problem] = []
    files = read_folder(folder, problems)
    if problems:
        say(render_text(problems))
        raise Failure(f"{folder} cannot be read", "mend it first", ExitCode.CONFIGURATION)
    return Bundle({Path(source.path).name: source.text for source in files.all})


def _row(change: "Change") -> dict[str, str]:
    return {
        "what": change.what,
        "old": change.old,
        "new": change.new,
        "verdict": change.verdict.value,
        "why": change.why,
        "text": change.text,
    }


COMMAND = Command(
    diff,
    "What is stricter and what is looser in another ruleset.",
    (
        "Compare two rulesets change by change. A change is stricter only where that is proved for every state of an "
        "account; what cannot be proved is said to be unknown, and `risk admin apply` treats it as looser."
    ),
    ["risk diff rulesets/live rulesets/next", "risk diff --json rulesets/live rulesets/next"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION],
)
