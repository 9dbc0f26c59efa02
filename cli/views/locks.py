"""What is refused, until when, what ends it, and why."""

from rich.console import Group, RenderableType
from rich.text import Text

from cli.moments import countdown, short_time
from cli.plain import plain
from cli.status_document import LockRow
from cli.views.look import Look, indented

STATES = {"no_increase": "no new entries", "flat_only": "no position, no entries"}


def lock_list(locks: tuple[LockRow, ...], look: Look) -> RenderableType:
    """Return two lines for each lock: what and until when, then the cause."""
    lines: list[RenderableType] = []
    for lock in locks:
        what = f"{plain(lock.scope, 24)}: {_refused(lock)}, {_end(lock, look)}"
        why = f"{plain(lock.rule, 40)}: {plain(lock.reason) or 'no reason given'}"
        lines += [indented(Text(what, style="bold red"), 2), indented(Text(why), 4)]
        is_counted = lock.until is not None and lock.until > look.now
        if lock.waits_for and not is_counted:
            lines.append(indented(Text(f"not over before {plain(lock.waits_for, 160)}"), 4))
    if locks and not look.is_time_known:
        lines.append(indented(Text("the venue's time is not known: no lock ends before it is", "magenta"), 2))
    return Group(*lines)


def _refused(lock: LockRow) -> str:
    if lock.side and lock.state != "flat_only":
        return f"no new {plain(lock.side, 8)}s"
    return STATES.get(lock.state, plain(lock.state, 24))


def _end(lock: LockRow, look: Look) -> str:
    if lock.until is None:
        return (
            "until an admin lifts it"
            if lock.end == "manual"
            else f"until {plain(lock.end, 120) or 'UNKNOWN'}"
        )
    at = short_time(lock.until, look.now, look.exchange)
    if lock.until <= look.now:
        return f"since {at} waiting for the account to be flat"
    return f"{countdown(lock.until, look.now)} left, until {at}"
