"""What the guard did lately: when, for which rule, what it took, and whether the venue has shown it."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.moments import clock_time
from cli.plain import plain
from cli.status_document import Act
from cli.views.amounts import seconds
from cli.views.look import Look

SHOWN = 6
"""Enforcements on the screen; `risk log` has them all."""


def act_list(acts: tuple[Act, ...], look: Look) -> RenderableType:
    """Return the latest enforcements, the newest first."""
    newest = sorted(acts, key=lambda act: act.detected_at.timestamp() if act.detected_at else 0, reverse=True)
    table = Table.grid(padding=(0, 2, 0, 0))
    for act in newest[:SHOWN]:
        at = clock_time(act.detected_at, look.exchange) if act.detected_at else "--:--:--"
        table.add_row(
            Text(f"  {at}"),
            Group(act_line(act), *([Text(plain(act.reason), style="dim")] if act.reason else [])),
        )
    return table


def act_line(act: Act) -> Text:
    """Return `max_contracts breach: closed 2 MNQ in 0.4 s, verified`."""
    rules = plain(" + ".join(act.rules), 80) or "a lock"
    line = Text(f"{rules} {'re-entry' if act.is_reentry else 'breach'}: ", style="bold")
    line.append(plain(act.text, 120) or "bringing the account back", style="not bold")
    if act.verified:
        took = f" in {seconds(act.flat_ms)}" if act.flat_ms is not None else ""
        return line.append(f"{took}, ", style="not bold").append("verified", style="not bold green")
    if act.progress == "escalated":
        return line.append(" NOT VERIFIED: look at your platform now", style="bold red")
    return line.append(" ... under way", style="yellow")
