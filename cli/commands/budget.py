"""`risk budget`: how many more losing trades of a given size today."""

import json
import re
from typing import Annotated

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption, JsonOption
from cli.terminal import console, out
from service.home import find_home

SCHEMA = "risk.budget/1"
USUAL = ("25", "50", "100", "200")
"""Dollars looked at when no size is named."""

_DOLLARS = re.compile(r"\$?(\d{1,7}(?:,\d{3})*(?:\.\d{1,2})?)", re.ASCII)


def budget(
    losses: Annotated[
        list[str] | None, typer.Argument(metavar="[LOSS]...", help="Dollars, as 50.", show_default=False)
    ] = None,
    symbol: Annotated[
        str, typer.Option("--symbol", help="Losses in this symbol, for its own rules.", show_default=False)
    ] = "",
    account: Annotated[
        str, typer.Option("--account", help="Which account, where there are several.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask the running guard, which lets the losers happen on a copy of the account."""
    sizes = [_dollars(text) for text in losses] if losses else list(USUAL)
    row = asked(find_home(home).root, "view", "budget", losses=sizes, symbol=symbol, account=account)
    if as_json:
        out(json.dumps({"schema": SCHEMA, **row}))
        return
    from cli.views.budgets import budget_lines

    console().print(budget_lines(row))


def _dollars(text: str) -> str:
    match = _DOLLARS.fullmatch(text.strip())
    if match is None:
        raise Failure(f"`{text}` is no loss in dollars", "write `risk budget 50`", ExitCode.USAGE)
    return match[1].replace(",", "")


COMMAND = Command(
    budget,
    "How many more losers may I have today?",
    (
        "Ask the running guard how many more losing trades of a size (dollars, net of costs) the rules allow before "
        "the day is over, and what pauses trading before that. The rules themselves answer, on a copy of the account."
    ),
    ["risk budget", "risk budget 50 120"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
