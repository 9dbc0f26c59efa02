"""One picture of the published status, fitted to a console."""

from dataclasses import replace

from rich.console import Console, Group

from cli.moments import exchange_zone, length
from cli.published import Published
from cli.terminal import can_draw
from cli.views.look import Look
from cli.views.status_screen import status_screen


def look_for(published: Published, console: Console) -> Look:
    """Return how this console shows things now."""
    return Look(
        now=published.venue_now,
        width=console.width,
        exchange=exchange_zone(),
        is_drawn=can_draw(console),
        is_time_known=published.status.is_time_confirmed,
    )


def frame(published: Published, console: Console, account: str | None) -> Group:
    """Return the screen; with `account` (name or number) only that one."""
    status = published.status
    if account is not None:
        status = replace(status, accounts=tuple(a for a in status.accounts if account in {a.name, a.id}))
    return status_screen(
        status, look_for(published, console), is_running=published.is_running, age=length(published.age)
    )
