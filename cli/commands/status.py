"""`risk status`: may I trade, how close am I to each limit, what happened."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import AccountOption, HomeOption, JsonOption
from cli.published import Published, load
from cli.terminal import console, out, say
from service.home import find_home

if TYPE_CHECKING:
    from cli.status_document import Account


def status(
    home: HomeOption = None,
    account: AccountOption = None,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Stay, and follow until Ctrl-C.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Print only the verdict; exit 1 when locked, broken or blind.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the latest published status."""
    path = find_home(home).status
    if watch:
        from cli.views.live import watch_status

        watch_status(path, account)
        return
    published = load(path)
    accounts = chosen(published, account)
    if as_json:
        out(published.text.rstrip())
    elif check:
        _print_verdicts(published, accounts)
    else:
        from cli.views.frame import frame

        screen = console()
        screen.print(frame(published, screen, account))
    if not published.is_running:
        if as_json or check:
            say(f"risk: the guard is not running; this is {int(published.age.total_seconds())} s old")
        raise typer.Exit(ExitCode.NOT_RUNNING)
    if check and any(needs_attention(row) for row in accounts):
        raise typer.Exit(ExitCode.FINDINGS)


def chosen(published: Published, name: str | None) -> "tuple[Account, ...]":
    """Return the accounts to show. Raises Failure for an unknown name."""
    accounts = published.status.accounts
    found = tuple(row for row in accounts if name is None or name in {row.name, row.id})
    if name is not None and not found:
        known = ", ".join(row.name for row in accounts) or "none"
        raise Failure(f"there is no account `{name}`", f"known accounts: {known}", ExitCode.USAGE)
    return found


def needs_attention(account: "Account") -> bool:
    """Say whether something is locked, broken or not known."""
    return account.verdict.level not in {"ok", "warning"} or any(
        gauge.mode == "enforce" and (gauge.color == "red" or gauge.is_locked) for gauge in account.gauges
    )


def _print_verdicts(published: Published, accounts: "tuple[Account, ...]") -> None:
    from cli.views.frame import look_for
    from cli.views.verdict import verdict_line

    screen = console()
    look = look_for(published, screen)
    for row in accounts:
        screen.print(row.name, verdict_line(row, look, is_running=published.is_running), sep=": ")


COMMAND = Command(
    status,
    "May I trade, and how close is each limit?",
    (
        "Show whether you may trade, how close each limit is, and what the guard did. Works while it is down, too: "
        "then the last known state is shown, with its age."
    ),
    ["risk status --watch", "risk status --check && echo free to trade"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING],
)
