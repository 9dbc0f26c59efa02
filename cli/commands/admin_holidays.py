"""`risk admin holidays`: exceptions to the market calendar, listed and added."""

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
from cli.prompts import secret
from cli.terminal import out, say
from service.home import Home, find_home


class What(StrEnum):
    """What can be done with exceptions."""

    LIST = "list"
    ADD = "add"


def holidays(
    what: Annotated[What, typer.Argument(help="List them, or add one.")] = What.LIST,
    date: Annotated[
        str, typer.Argument(metavar="[DATE]", help="The day, as 2027-03-26.", show_default=False)
    ] = "",
    closes: Annotated[
        str, typer.Option("--closes", help="A time in Chicago, `closed` or `regular`.", show_default=False)
    ] = "",
    group: Annotated[
        str, typer.Option("--group", help="Only these products, as fx.", show_default=False)
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who says so.", show_default=False)] = "",
    reason: Annotated[str, typer.Option("--reason", help="Where it is known from.", show_default=False)] = "",
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from stdin, one line.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read the file, or let the guard change it."""
    there = find_home(home)
    if what is What.LIST:
        _list(there, as_json)
        return
    missing = [
        name
        for name, value in (("DATE", date), ("--closes", closes), ("--by", by), ("--reason", reason))
        if not value
    ]
    if missing:
        raise Failure(
            f"{', '.join(missing)} is missing", "each exception says who says so and why", ExitCode.USAGE
        )
    row = {"date": date, "closes": closes, "by": by, "reason": reason, "group": group}
    done = asked(
        there.root, "admin", "holiday", password=secret("Admin password: ", from_stdin=from_stdin), **row
    )
    if as_json:
        out(json.dumps({"schema": "risk.holiday/1", **done}))
        return
    out(f"added: {plain(done['row'])}")
    for account in done["accounts"]:
        when = f"from {plain(account['looser_from'], 60)} on" if account["looser_from"] else "now"
        say(
            f"  -> {plain(account['account'], 40)}: {when if account['changes'] else 'nothing changes for its rules'}"
        )


def _list(home: Home, as_json: bool) -> None:
    from dsl.market_days_exceptions import read_exceptions
    from dsl.problems import Problem, has_errors
    from dsl.render import render_text
    from dsl.rule_files import read_source

    problems: list[Problem] = []
    source = read_source(home.holidays, problems) if home.holidays.exists() else None
    found = read_exceptions(source, problems) if source is not None else ()
    if has_errors(problems):
        say(render_text(problems))
        raise Failure(f"{home.holidays} cannot be used", "mend what is shown above", ExitCode.CONFIGURATION)
    rows = [{"date": one.day.isoformat(), "closes": _closes(one.halt), "group": one.group} for one in found]
    if as_json:
        out(json.dumps({"schema": "risk.holidays/1", "exceptions": rows}))
        return
    for row in rows:
        out(f"{row['date']}  {row['closes']:<8} {row['group'] or 'all products'}")
    if not rows:
        say("No exceptions: the shipped calendar holds (`risk calendar`).")


def _closes(halt: int | None) -> str:
    """Return when a day ends, in the words of the file."""
    from dsl.market_days_data import CLOSED
    from engine.units import HOUR, MINUTE

    if halt is None:
        return "regular"
    return "closed" if halt == CLOSED else f"{halt // HOUR:02}:{halt % HOUR // MINUTE:02}"


COMMAND = Command(
    holidays,
    "List and add exceptions to the market calendar.",
    (
        "The shipped calendar knows the exchange's holidays and early closes. Exceptions are added to it in the home's "
        "holidays.yaml, with the admin password; like every change they hold at once where they are stricter, and from "
        "the next session on where they are looser."
    ),
    [
        "risk admin holidays",
        "risk admin holidays add 2027-03-26 --closes closed --by maria --reason 'exchange notice'",
    ],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
