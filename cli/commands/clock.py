"""`risk clock in|out|status`: when you are at the desk, what you commit to, and how steady you are."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.terminal import console, out, say
from service.home import find_home


class What(StrEnum):
    """What can be done with the clock."""

    IN = "in"
    OUT = "out"
    STATUS = "status"


def clock(
    what: Annotated[What, typer.Argument(help="Come, go, or look.")] = What.STATUS,
    account: Annotated[str, typer.Option("--account", help="Only this account.", show_default=False)] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Clock in without being asked.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Do it, and say what holds now."""
    from cli.published import load
    from cli.show_status import chosen
    from cli.views.clock_card import card, clock_lines

    root = find_home(home).root
    if what is What.OUT:
        done = asked(root, "trader", "clock_out", account=account)
        _print(done, as_json, f"clocked out of {_names(done)} after {_length(done['seconds'])}")
        if done["positions"]:
            held = ", ".join(f"{size:+} {plain(symbol, 12)}" for symbol, size in done["positions"].items())
            say(f"  -> you still hold {held}: the guard goes on watching it")
        return
    published = load(root)
    accounts = chosen(published, account or None)
    rows = [row for row in published.document["accounts"] if row["name"] in {one.name for one in accounts}]
    if what is What.STATUS:
        if as_json:
            clocks = {row["name"]: row.get("clock") for row in rows}
            out(json.dumps({"schema": "risk.clock/1", "accounts": clocks}))
        else:
            console().print(clock_lines(rows, published.status.venue_time))
        if not published.is_running:
            say(f"risk: the guard is not running; this is {int(published.age.total_seconds())} s old")
            raise typer.Exit(ExitCode.NOT_RUNNING)
        return
    if not as_json:
        console().print(card(accounts, root, published.status.venue_time))
        _commit(yes)
    digests = " ".join(sorted({one.digest for one in accounts}))
    done = asked(root, "trader", "clock_in", account=account, rules=digests)
    _print(done, as_json, f"clocked in to {_names(done)}")


def _commit(is_sure: bool) -> None:
    """Let a person on a terminal say that these limits are theirs today. Raises Failure."""
    import sys

    if is_sure or not sys.stdin.isatty():
        return
    say("These are my limits today [y/N]:")
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Failure("not clocked in", "`risk clock in` shows the card again", ExitCode.REFUSED)


def _print(done: dict[str, object], as_json: bool, text: str) -> None:
    out(json.dumps({"schema": "risk.clock/1", **done}) if as_json else text)


def _names(done: dict[str, list[str]]) -> str:
    return ", ".join(plain(name, 40) for name in done["accounts"])


def _length(seconds: int) -> str:
    from datetime import timedelta

    from cli.moments import length

    return length(timedelta(seconds=seconds))


COMMAND = Command(
    clock,
    "Clock in and out, and see how steady you are.",
    (
        "Clock in: see today's limits and what was broken on the last day, and say that they are yours. Clock out: the "
        "day at the desk ends; what you hold stays, and so does every lock. Status: hours, days in a row, first and "
        "last trade. The clock opens and closes nothing; to keep yourself out, see `risk lock`."
    ),
    ["risk clock in", "risk clock status --json"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
