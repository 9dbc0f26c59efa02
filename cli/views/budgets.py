"""The answer of `risk budget`: a line for each size of loss."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli.plain import plain
from cli.views.amounts import money
from cli.views.look import indented


def budget_lines(row: Mapping[str, Any]) -> RenderableType:
    """Return how many losers of each size are left, what ends the day, and what pauses before."""
    title = f"{plain(row['account'], 24)}: losing trades left today"
    lines: list[RenderableType] = [Text(title, style="bold")]
    for one in row["losers"]:
        lines.append(_line(one, row["most_counted"]))
        if one["pause"]:
            pause = one["pause"]
            when = f"a pause after {pause['after']}" if pause["after"] else "entries are paused now"
            text = f"{when}: {plain(pause['title'], 80)} ({plain(pause['rule'], 40)})"
            lines.append(indented(Text(text, style="dim"), 12))
    if row["mode"] != "enforce":
        lines.append(indented(Text(f"note: mode {plain(row['mode'], 10)}, the guard does not act"), 2))
    if row["calendar_warning"]:
        lines.append(indented(Text(f"note: {plain(row['calendar_warning'], 300)}", style="yellow"), 2))
    return Group(*lines)


def _line(one: Mapping[str, Any], most: int) -> RenderableType:
    """Return `  of $50: 7, the 7th ends the day: Daily loss limit (daily_realized_loss)`."""
    size, left, end = money(Decimal(one["loss"])), one["left"], one["end"]
    if end is None:
        return indented(Text(f"of {size}: more than {most}, no rule ends the day", style="green"), 2)
    rule = f"{plain(end['title'], 80)} ({plain(end['rule'], 40)})"
    if left == 0:
        return indented(Text(f"of {size}: NONE, locked already: {rule}", style="bold red"), 2)
    word = "the next one ends" if left == 1 else f"number {left} ends"
    style = "bold yellow" if left == 1 else ""
    return indented(Text(f"of {size}: {left}, {word} the day: {rule}", style=style), 2)
