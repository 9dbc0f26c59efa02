"""`risk calendar`: sessions, holidays and early closes ahead, and until when they are known."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_the_door import NotRunning, asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.since import venue_or_host_now
from cli.terminal import console, out, say
from service.home import find_home

SCHEMA = "risk.calendar/1"


def calendar_ahead(
    days: Annotated[int, typer.Option(min=1, max=60, help="How many trading days.")] = 7,
    symbol: Annotated[
        str, typer.Option("--symbol", help="For this symbol, such as MCL.", show_default=False)
    ] = "",
    account: Annotated[
        str, typer.Option("--account", help="Which account, where there are several.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show the days: of the running guard, else of the shipped calendar."""
    root = find_home(home).root
    row = _of_the_guard(root, days=days, symbol=symbol, account=account) or _shipped(root, days, symbol)
    if as_json:
        out(json.dumps({"schema": SCHEMA, **row}))
        return
    from cli.views.days import day_lines

    console().print(day_lines(row))


def _of_the_guard(root: Path, **request: Any) -> dict[str, Any] | None:
    try:
        return asked(root, "view", "calendar", **request) if root.is_dir() else None
    except NotRunning:
        return None


def _shipped(root: Path, days: int, symbol: str) -> dict[str, Any]:
    """Return the exchange's days as they come with risk, without anybody's own hours and exceptions."""
    from dsl.market_ahead import days_ahead
    from dsl.market_days import build_calendar
    from engine.units import HOUR, Instant, TimeOfDay

    say(
        "risk: the guard is not running: these are the exchange's days, without your hours and the admin's days"
    )
    calendar = build_calendar("America/Chicago", TimeOfDay(17 * HOUR), {}, None)
    now = Instant(round(venue_or_host_now(root).timestamp() * 1_000_000))
    return {"account": "", "ruleset": "", **days_ahead(calendar, now, days, symbol.upper())}


COMMAND = Command(
    calendar_ahead,
    "Sessions, holidays and early closes ahead.",
    (
        "Show the next trading days with the market's hours and yours, the holidays and early closes that are known, "
        "and until when they are. Without a running guard: the exchange's days as they come with risk."
    ),
    ["risk calendar", "risk calendar --days 20 --symbol MCL"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION],
)
