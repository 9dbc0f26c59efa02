"""From the report's data to one HTML file that asks nothing of the network. Every text is escaped."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cli.moments import exchange_zone, long_time
from cli.views import amounts

PAGE = Path(__file__).with_name("page")


def page_text(report: Mapping[str, Any]) -> str:
    """Return the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "money": _money,
        "sign": _sign,
        "moment": _moment,
        "clock": _clock,
        "verdict": _verdict,
        "proven": _proven,
    }

    def ours(name: str) -> Markup:
        return Markup((PAGE / name).read_text(encoding="utf-8"))  # noqa: S704 - our own files, no foreign text

    first, last = report["first"], report["last"]
    return environment.get_template("report.html.j2").render(
        report=report,
        heading=f"{first}" if first == last else f"{first} to {last}",
        uplot_css=ours("uPlot.min.css"),
        uplot_js=ours("uPlot.iife.min.js"),
        style=ours("report.css"),
        script=ours("report.js"),
    )


def _money(amount: str | None) -> str:
    return "-" if amount is None else amounts.money(Decimal(amount))


def _sign(amount: str | None) -> str:
    """Return the class that colors an amount; the sign stands before the number as well."""
    if amount is None or not Decimal(amount):
        return "none"
    return "good" if Decimal(amount) > 0 else "bad"


def _moment(text: str) -> str:
    return long_time(datetime.fromisoformat(text), exchange_zone())


def _clock(text: str | None) -> str:
    if text is None:
        return "-"
    return datetime.fromisoformat(text).astimezone(exchange_zone()).strftime("%a %H:%M:%S")


def _verdict(row: Mapping[str, Any]) -> str:
    """Return what closing was worth, from what the contracts would have earned when left alone."""
    if row["at_end"] is None:
        return "no price followed"
    at_end = Decimal(row["at_end"])
    if not at_end:
        return "no difference"
    return f"saved {amounts.money(-at_end)}" if at_end < 0 else f"cost {amounts.money(at_end)}"


def _proven(row: Mapping[str, Any]) -> str:
    if row["flat_ms"] is None:
        return str(row["progress"])
    return amounts.seconds(Decimal(row["flat_ms"]))
