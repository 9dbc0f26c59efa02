"""`risk report`: a day, week or month on one page that opens without a network."""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

from cli.act_log import ActLine
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.moments import exchange_zone
from cli.options import AccountOption, HomeOption, JsonOption
from cli.terminal import out, say
from service.home import find_home

EVENING = dt.time(17)
"""When trading days open and close on the exchange's clock."""


def report(
    home: HomeOption = None,
    account: AccountOption = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", help="About this trading day, as 2026-11-24; else the latest.", show_default=False
        ),
    ] = None,
    day: Annotated[
        bool, typer.Option("--day", help="Only that day; this is what happens without a word.")
    ] = False,
    week: Annotated[bool, typer.Option("--week", help="The whole week of that day.")] = False,
    month: Annotated[bool, typer.Option("--month", help="The whole month of that day.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where to write; else risk-report-DATE.html here.", show_default=False
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Collect, write, and say where."""
    from cli.report.document import document
    from cli.report.stretch import bounds, read_stretch

    if day + week + month > 1:
        raise Failure("--day, --week and --month exclude each other", "choose one", ExitCode.USAGE)
    found = find_home(home)
    length = "week" if week else "month" if month else "day"
    first, last = bounds(found.days, length, date)
    stretch = read_stretch(found.days, first, last, account)
    data = document(stretch, _acts(found.acts, *_span(first, last)), _now(found.root))
    if as_json:
        out(json.dumps(data, ensure_ascii=True))
        return
    from cli.report.page_text import page_text

    name = first.isoformat() if first == last else f"{first}-to-{last}"
    path = output or Path(f"risk-report-{name}.html")
    try:
        path.write_text(page_text(data), encoding="utf-8")
    except OSError as error:
        raise Failure(
            f"cannot write {path}: {error.strerror}",
            "choose another place with --output",
            ExitCode.CONFIGURATION,
        ) from error
    out(str(path))
    if show:
        import webbrowser

        if not webbrowser.open(path.resolve().as_uri()):
            say("no browser could be opened; open the file yourself")


def _span(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants between which these trading days lie: from the evening before the first on."""
    zone = exchange_zone()
    start = dt.datetime.combine(first - dt.timedelta(days=1), EVENING, zone)
    return start, dt.datetime.combine(last, EVENING, zone)


def _acts(path: Path, start: dt.datetime, end: dt.datetime) -> list[ActLine]:
    """Return the acts of that time; without a log nothing was done."""
    from cli.act_log import acts_in

    if not path.exists():
        return []
    return [act for act in acts_in(path) if act is not None and start <= act.at < end]


def _now(home: Path) -> dt.datetime:
    """Return the guard's time where one was published; this computer's else."""
    from cli.since import venue_or_host_now

    return venue_or_host_now(home)


COMMAND = Command(
    report,
    "What happened on that day, week or month?",
    (
        "Write one HTML file about a trading day, week or month: the curve with the guard's acts, how close each rule "
        "was, trades, and what the rules saved and cost. It opens without a network and prints well."
    ),
    ["risk report --open", "risk report --week --date 2026-11-24 --output week.html"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING],
)
