"""The answer of `risk check`: yes or no in words first, the most that may be taken, and what each rule would do."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli.plain import plain
from cli.views.look import indented

STYLES = {"closed": "bold white on red", "last": "bold black on yellow", "fine": "bold black on green"}
WORDS = {
    "breach": "breaks",
    "reentry": "refused by the lock of",
    "lock": "then locks",
    "pending": "starts the timer of",
    "warn": "warns",
    "unknown": "cannot be judged",
}
SHOWN = ("breach", "reentry", "lock", "pending")


def checked_lines(row: Mapping[str, Any]) -> RenderableType:
    """Return the answer; every color has its word."""
    head, _, rest = plain(row["text"], 300).partition(": ")
    if row["verdict"] == "last":
        head, rest = "YES, THE LAST ONE", rest.partition("it stays open, ")[2]
    stop = f" with a stop {row['stop_ticks']} ticks away" if row["stop_ticks"] else ""
    order = f"{plain(row['side'], 4)} {row['size']} {plain(row['name'], 16)}{stop}, {_held(row['before'])}"
    lines: list[RenderableType] = [
        Text(f" {head} ", style=STYLES.get(row["verdict"], "bold")).append(f"  {rest}", style="not bold"),
        Text(f"{plain(row['account'], 24)}: {order}", style="dim"),
        Text(_most(row), style="bold"),
    ]
    lines += [_finding(one) for one in row["findings"] if one["kind"] in SHOWN]
    lines += [indented(Text(f"note: {plain(note, 300)}", style="yellow"), 2) for note in row["notes"]]
    if row["mode"] != "enforce":
        lines.append(indented(Text(f"note: mode {plain(row['mode'], 10)}, the guard does not act"), 2))
    if row["calendar_warning"]:
        lines.append(indented(Text(f"note: {plain(row['calendar_warning'], 300)}", style="yellow"), 2))
    return Group(*lines)


def _held(size: int) -> str:
    """Return `you are long 2`, `you are flat`."""
    return f"you are {'long' if size > 0 else 'short'} {abs(size)}" if size else "you are flat"


def _most(row: Mapping[str, Any]) -> str:
    if row["most"] >= row["most_looked_at"]:
        return f"No rule limits how many you may {plain(row['side'], 4)} now."
    return f"The most you may {plain(row['side'], 4)} now: {row['most']}"


def _finding(one: Mapping[str, Any]) -> RenderableType:
    """Return `breaks: Maximum contracts (max_contracts)` and the rule's own words."""
    only = "" if one["mode"] in ("enforce", "") else f" ({plain(one['mode'], 10)} only: nothing is done)"
    what = f"{WORDS[one['kind']]}: {plain(one['title'], 80)} ({plain(one['rule'], 40)}){only}"
    head = indented(Text(what, style="cyan" if only else "bold red" if one["kind"] != "pending" else ""), 2)
    return Group(head, indented(Text(plain(one["text"], 300)), 4)) if one["text"] else head
