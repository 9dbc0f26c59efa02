"""Locks that the partner has lifted for a while, and those for which a code is awaited."""

from rich.console import Group, RenderableType
from rich.text import Text

from cli.moments import countdown, short_time
from cli.plain import plain
from cli.status_document import Grant
from cli.views.look import Look, indented


def grant_list(grants: tuple[Grant, ...], look: Look) -> RenderableType:
    """Return a line for each: until when it is open, or until when a code can still be typed in."""
    return Group(*(indented(Text(_line(grant, look), style="yellow"), 2) for grant in grants))


def _line(grant: Grant, look: Look) -> str:
    name = f"{plain(grant.rule, 40)} ({plain(grant.lock, 16)})"
    at = f"at {short_time(grant.ends_at, look.now, look.exchange)}" if grant.ends_at else ""
    left = countdown(grant.ends_at, look.now) if grant.ends_at and grant.ends_at > look.now else "0s"
    if grant.challenge:
        return f"{name}: the partner's code is awaited, challenge {plain(grant.challenge, 12)}, {left} left"
    until = (
        f"until {short_time(grant.locked_until, look.now, look.exchange)}"
        if grant.locked_until is not None
        else "until an admin lifts it"
    )
    return f"{name}: lifted by the partner, back in {left} {at}, then locked {until}"
