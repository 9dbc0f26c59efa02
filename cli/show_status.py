"""What `risk status` does: read what was published, show it, and say by the exit code how things stand."""

import json

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain
from cli.published import Published, load
from cli.short_way import StatusRequest
from cli.status_document import Account
from cli.terminal import console, out, say
from service.home import find_home


def show_status(request: StatusRequest) -> ExitCode:
    """Show the status. Returns the exit code; raises Failure when there is nothing to show."""
    home = find_home(request.home).root
    if request.watch:
        from cli.views.live import watch_status

        watch_status(home, request.account)
        return ExitCode.DONE
    published = load(home)
    accounts = chosen(published, request.account)
    if request.as_json:
        out(json.dumps(published.document))
    elif request.check:
        _print_verdicts(published, accounts)
    else:
        from cli.views.frame import frame

        screen = console()
        screen.print(frame(published, screen, request.account))
    return _exit_code(request, published, accounts)


DAMAGES = frozenset({"store_failed", "audit_damaged", "damaged"})
"""Alarms about the guard's own memory: what it must not forget cannot be kept, or was changed."""


def _exit_code(request: StatusRequest, published: Published, accounts: tuple[Account, ...]) -> ExitCode:
    if not published.is_running:
        if request.as_json or request.check:
            say(f"risk: the guard is not running; this is {int(published.age.total_seconds())} s old")
        return ExitCode.NOT_RUNNING
    damages = [alarm for alarm in published.status.alarms if alarm.code.partition(":")[0] in DAMAGES]
    for alarm in damages:
        say(f"risk: {plain(alarm.text)}")
    if damages:
        return ExitCode.DAMAGED
    if request.check and any(needs_attention(row) for row in accounts):
        return ExitCode.FINDINGS
    return ExitCode.DONE


def chosen(published: Published, name: str | None) -> tuple[Account, ...]:
    """Return the accounts to show. Raises Failure for an unknown name."""
    accounts = published.status.accounts
    found = tuple(row for row in accounts if name is None or name in {row.name, row.id})
    if name is not None and not found:
        known = ", ".join(row.name for row in accounts) or "none"
        raise Failure(f"there is no account `{name}`", f"known accounts: {known}", ExitCode.USAGE)
    return found


def needs_attention(account: Account) -> bool:
    """Say whether something is locked, broken or not known."""
    return account.verdict.level not in {"ok", "warning"} or any(
        gauge.mode == "enforce" and (gauge.color == "red" or gauge.is_locked) for gauge in account.gauges
    )


def _print_verdicts(published: Published, accounts: tuple[Account, ...]) -> None:
    from cli.views.frame import look_for
    from cli.views.verdict import verdict_line

    screen = console()
    look = look_for(published, screen)
    for row in accounts:
        screen.print(
            row.name, verdict_line(row, look, is_running=published.is_running), sep=": ", soft_wrap=True
        )
