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
    """Return `max_contracts breach: closed 2 MNQ.Z26 in 0.4 s, verified`."""
    rules = plain(" + ".join(act.rules), 80) or "a lock"
    line = Text(f"{rules} {'re-entry' if act.is_reentry else 'breach'}: ", style="bold")
    if act.verified:
        took = f" in {seconds(act.flat_ms)}" if act.flat_ms is not None else ""
        return line.append(f"{done(act)}{took}, ", style="not bold").append(
            "verified", style="not bold green"
        )
    line.append(plain(act.text, 160), style="bold red" if act.progress == "escalated" else "not bold yellow")
    return line


def done(act: Act) -> str:
    """Return what was done: `closed 2 MNQ.Z26`."""
    closed = ", ".join(f"{size} {_short(contract)}" for contract, size in act.closed)
    return f"closed {closed}" if closed else "cancelled orders"


def _short(contract: str) -> str:
    """Return the readable end of a contract's id: `CON.F.US.MNQ.Z26` is `MNQ.Z26`."""
    return plain(".".join(contract.split(".")[-2:]), 24)
