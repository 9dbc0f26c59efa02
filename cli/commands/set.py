"""`risk set`: one number of a rule changed in its file, checked with the whole ruleset before it is written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import AccountOption, HomeOption
from cli.rule_paths import ruleset_folder
from cli.terminal import console, out, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsl.edit import Edit
    from dsl.problems import Problem


def set_value(
    target: Annotated[str, typer.Argument(metavar="RULE.PARAM", help="What to change; `RULE.reset` too.")],
    value: Annotated[str, typer.Argument(help="The new value, as it stands in the file.")],
    ruleset: Annotated[
        Path | None, typer.Option("--ruleset", help="Its folder; else the one here.", show_default=False)
    ] = None,
    account: AccountOption = None,
    home: HomeOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it, but write nothing.")] = False,
) -> None:
    """Check, write and report."""
    from dsl.edit import Edit, edit_value

    if account is not None:
        from cli.account_edit import edit_of_account

        edit, folder = edit_of_account(home, account, target, value)
    else:
        folder = ruleset_folder(ruleset)
        edit = edit_value(folder, target, value)
    if not isinstance(edit, Edit):
        raise _refused(edit, "")
    if any(problem.is_error for problem in edit.problems):
        raise _refused(edit.problems, f"risk validate {folder.as_posix()}")
    _show(edit.problems)
    if not dry_run:
        _write(edit)
    out(f"{target}: {edit.old} -> {edit.new}{' (not written)' if dry_run else ''}")
    say(f"  -> risk test {folder.as_posix()}")


def _refused(problems: "Sequence[Problem]", advice: str) -> Failure:
    _show(problems)
    return Failure("nothing was changed", advice, ExitCode.FINDINGS)


def _show(problems: "Sequence[Problem]") -> None:
    if problems:
        from cli.views.problems import colored
        from dsl.render import render_text

        console(stderr=True).print(colored(render_text(problems)), soft_wrap=True)


def _write(edit: "Edit") -> None:
    from dsl.atomic import write_whole

    try:
        if edit.path.read_bytes() != edit.before.encode("utf-8"):
            raise Failure(f"{edit.path} was changed by somebody else meanwhile", "look at it, and try again")
        write_whole(edit.path, edit.after)
    except OSError as error:
        raise Failure(
            f"{edit.path} cannot be written: {error.strerror}",
            "check who may write there",
            ExitCode.CONFIGURATION,
        ) from error


COMMAND = Command(
    set_value,
    "Change one number of a rule.",
    "Change a parameter of a rule, or when it starts afresh, in its file. Comments stay. The whole ruleset is checked\n"
    "with the new value first: if anything is wrong, it is said and nothing is written. With --account the value is\n"
    "set for that account alone, in its file in the home.",
    [
        "risk set max_contracts.limit '3 contracts'",
        'risk set daily_realized_loss.reset "0 17 * * *" --account alice',
    ],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION],
)
