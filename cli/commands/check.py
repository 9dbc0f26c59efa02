"""`risk check`: would this order break a rule, which one, and what is the most I may take."""

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

SCHEMA = "risk.check/1"
HOW = "write `risk check buy 2 MNQ`, or `risk check sell 1 ES --stop 20t`"
_TICKS = re.compile(r"([1-9]\d{0,4}) ?(t|tick|ticks)?", re.ASCII)


def check(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="buy|sell SIZE SYMBOL", show_default=False)
    ] = None,
    stop: Annotated[
        str | None, typer.Option("--stop", help="A stop so many ticks away, as 20t.", show_default=False)
    ] = None,
    account: Annotated[
        str, typer.Option("--account", help="Which account, where there are several.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask the running guard, which tries the order on a copy of the account."""
    side, size, symbol = _order(words or [])
    ticks = ticks_in(stop) if stop else 0
    root = find_home(home).root
    row = asked(root, "view", "check", side=side, size=size, symbol=symbol, stop_ticks=ticks, account=account)
    if as_json:
        out(json.dumps({"schema": SCHEMA, **row}))
    else:
        from cli.views.checked import checked_lines

        console().print(checked_lines(row))
    raise typer.Exit(ExitCode.FINDINGS if row["verdict"] == "closed" else ExitCode.DONE)


def _order(words: list[str]) -> tuple[str, int, str]:
    """Return side, size and symbol, in whatever order they were typed. Raises Failure."""
    sides = [word.lower() for word in words if word.lower() in ("buy", "sell")]
    sizes = [word for word in words if word.isdecimal() and word.isascii()]
    symbols = [word for word in words if word.lower() not in ("buy", "sell") and word not in sizes]
    if len(words) == 3 and len(sides) == len(sizes) == len(symbols) == 1 and len(sizes[0]) <= 6:
        return sides[0], int(sizes[0]), symbols[0]
    typed = " ".join(words)
    raise Failure(f"`risk check {typed}` is no order: buy or sell, how many, and what", HOW, ExitCode.USAGE)


def ticks_in(text: str) -> int:
    """Return the ticks in `20t`. Raises Failure."""
    match = _TICKS.fullmatch(text.strip().lower())
    if match is None:
        raise Failure(f"--stop: `{text}` is not a distance in ticks", "write 20t", ExitCode.USAGE)
    return int(match[1])


COMMAND = Command(
    check,
    "Would this order break a rule?",
    (
        "Ask the running guard what it would do about a market order, without sending one: leave it alone, lock "
        "entries afterwards, or close it, by which rule, and what is the most that may be taken. The rules themselves "
        "answer, on a copy of the account. Exit 1: it would be closed."
    ),
    ["risk check buy 2 MNQ", "risk check sell 1 ES --stop 20t"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
