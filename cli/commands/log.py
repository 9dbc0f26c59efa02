"""`risk log`: what the guard did, one line an act; readable while the guard is down."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.act_log import ActLine, acts_in, follow_acts
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.moments import exchange_zone
from cli.options import AccountOption, HomeOption, JsonOption
from cli.plain import plain
from cli.published import load
from cli.since import since_moment
from cli.terminal import console, out, say
from service.home import find_home

BEAT = 0.5


def log(
    home: HomeOption = None,
    account: AccountOption = None,
    rule: Annotated[str | None, typer.Option(help="Only acts of this rule.", show_default=False)] = None,
    since: Annotated[
        str | None,
        typer.Option(help="From when on: 30m, 2h, 3d, `today`, or 2026-11-24T09:00.", show_default=False),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Stay, and print new acts as they come.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the acts that fit."""
    found = find_home(home)
    start = since_moment(since, found.root) if since else None
    broken = 0
    for act in _acts(found.acts, follow):
        if act is None:
            broken += 1
        elif _fits(act, account, rule, start):
            _print(act, as_json)
    if not as_json:
        _warn_of_the_calendar(found.root)
    if broken:
        say(f"risk: {broken} line(s) of {found.acts} could not be read and are left out")


def _warn_of_the_calendar(root: Path) -> None:
    """Say on stderr, as every screen does, when holidays are soon no longer known."""
    try:
        accounts = load(root).status.accounts
    except Failure:
        return  # no guard has spoken; the log can be read all the same
    for text in dict.fromkeys(row.session.calendar_warning for row in accounts):
        if text:
            say(f"risk: {plain(text)}")


def _acts(path: Path, is_followed: bool) -> Iterator[ActLine | None]:
    if is_followed:
        yield from follow_acts(path, lambda: time.sleep(BEAT))
    else:
        yield from acts_in(path)


def _fits(act: ActLine, account: str | None, rule: str | None, start: datetime | None) -> bool:
    return (
        (account is None or act.account == account)
        and (rule is None or rule in act.rules)
        and (start is None or act.at >= start)
    )


def _print(act: ActLine, as_json: bool) -> None:
    if as_json:
        out(json.dumps(act.values, ensure_ascii=False, default=str))
        return
    from cli.views.act_lines import act_line

    console().print(act_line(act, exchange_zone()), soft_wrap=True)


COMMAND = Command(
    log,
    "What did the guard do?",
    "List what the guard did, oldest first: breaches, locks, enforcements, warnings, gaps.",
    ["risk log --since 2h", "risk log --rule daily_realized_loss --json"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING],
)
