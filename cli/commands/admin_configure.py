"""`risk admin configure`: change what guards an account, guided or by options, and take it over through `apply`."""

from typing import Annotated, Any

import typer

from cli.applied import plain_lines, show_applied
from cli.at_the_door import NotRunning, asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.prompts import secret
from cli.terminal import out, say


def configure(
    account: Annotated[
        str, typer.Option("--account", help="Whose values; else the only one there is.", show_default=False)
    ] = "",
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="RULE.PARAM=VALUE",
            help="One value, or RULE.reset=CRON; may be repeated.",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is taken over.")] = False,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Ask or read what changes, show how it is judged, take it over or put the file back."""
    from cli.setup import asking
    from cli.setup.changing import Changing
    from service.home import find_home

    folders = find_home(home)
    name = account or _only_account(folders.accounts)
    changing = Changing(folders, name)
    if not values:
        asking.require_terminal()
    chosen = dict(_pair(text) for text in values) if values else changing.ask()
    if not chosen:
        say("Nothing was changed.")
        return
    for target, value in chosen.items():
        changing.write(target, value)
        out(f"{target}: {value}")
    try:
        password = secret("Admin password: ", from_stdin=from_stdin)
        is_taken = _taken(folders.root, password, is_sure=yes)
    except NotRunning:
        say(
            "The guard does not run: what is stricter holds when it starts, for the rest run `risk admin apply` then."
        )
        return
    except BaseException:
        changing.put_back()
        raise
    if not is_taken:
        changing.put_back()
        say("The file is as it was; nothing was changed.")


def _taken(root: Any, password: str, *, is_sure: bool) -> bool:
    """Show how the guard judges it, and take it over if that is wanted. Raises Failure."""
    from cli.setup import asking

    shown = asked(root, "admin", "apply", password=password, is_dry_run=True)
    if not shown["is_usable"]:
        say(plain_lines(shown["problems"]))
        raise Failure("the files cannot be used as they stand", "nothing was changed", ExitCode.FINDINGS)
    if not is_sure:
        show_applied(shown, is_dry_run=True)
        if not asking.yes("Take it over?", default=True):
            return False
    show_applied(asked(root, "admin", "apply", password=password, is_dry_run=False), is_dry_run=False)
    return True


def _pair(text: str) -> tuple[str, str]:
    target, sign, value = text.partition("=")
    if not sign or not target.strip() or not value.strip():
        raise Failure(
            f"`{text}` is no value to set", "write `--set max_contracts.limit='3 contracts'`", ExitCode.USAGE
        )
    return target.strip(), value.strip()


def _only_account(folder: Any) -> str:
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    if len(names) != 1:
        text = f"accounts: {', '.join(names)}" if names else "`risk admin init` sets one up"
        raise Failure("say which account with --account", text, ExitCode.USAGE)
    return str(names[0])


COMMAND = Command(
    configure,
    "Change what guards an account, step by step.",
    (
        "Change values and resets of an account's rules: asked one by one, checked at once, written into its file without "
        "touching comments, and taken over through `risk admin apply`, which shows first what is stricter and what is "
        "looser. Modes: `risk admin arm` and `disarm`. Holidays: `risk admin holidays add`."
    ),
    [
        "risk admin configure",
        "risk admin configure --account alice --set daily_realized_loss.limit='$400' --set daily_realized_loss.reset=trading_day",
    ],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.REFUSED],
)
