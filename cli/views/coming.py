"""Changes of the rules that were asked for and are not in force yet, and when they will be."""

from rich.console import Group, RenderableType
from rich.text import Text

from cli.moments import countdown, short_time
from cli.plain import plain
from cli.status_document import Coming
from cli.views.look import Look, indented

WORDS = {"unknown": "looser, for all that can be proved"}


def coming_list(changes: tuple[Coming, ...], look: Look) -> RenderableType:
    """Return a line for each change; an admin can still call them off."""
    return Group(*(indented(Text(_line(change, look), style="yellow"), 2) for change in changes))


def _line(change: Coming, look: Look) -> str:
    verdict = WORDS.get(change.verdict, plain(change.verdict, 20))
    return f"{plain(change.text, 160)} ({verdict}), {_when(change, look)}"


def _when(change: Coming, look: Look) -> str:
    if change.due is None or change.due <= look.now:
        return "as soon as the lock that runs now is over"
    return f"from {short_time(change.due, look.now, look.exchange)} on, in {countdown(change.due, look.now)}"
