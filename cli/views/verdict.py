"""The one line that answers whether one may trade, in words first, then in color."""

import re

from rich.text import Text

from cli.moments import countdown, short_time
from cli.plain import first_sentence, plain
from cli.status_document import Account
from cli.views.look import Look

WORDS = {
    "ok": ("OK TO TRADE", "bold black on green"),
    "warning": ("WARNING", "bold black on yellow"),
    "locked": ("LOCKED", "bold white on red"),
    "blind": ("BLIND", "bold white on magenta"),
}
NO_ANSWER = ("UNKNOWN", "bold white on magenta")

_OWN_WORD = re.compile(r"^(OK TO TRADE|OK|WARNING|LOCKED|BLIND)\b[\s:,.]*", re.IGNORECASE)
"""The published text may begin with its level; the screen says it once, with a countdown behind it."""


def verdict_line(account: Account, look: Look, *, is_running: bool = True) -> Text:
    """Return for example `LOCKED 28m 14s  3/3 trades this hour, until 14:51 CST`; never green when nobody watches."""
    verdict = account.verdict
    word, style = WORDS.get(verdict.level, NO_ANSWER)
    is_counted = verdict.level == "locked" and verdict.until is not None and verdict.until > look.now
    left = f" {countdown(verdict.until, look.now)}" if is_counted and verdict.until else ""
    text = first_sentence(_OWN_WORD.sub("", plain(verdict.text)))
    if verdict.because and verdict.level == "locked":
        until = f", until {short_time(verdict.until, look.now, look.exchange)}" if verdict.until else ""
        text = f"{plain(verdict.because, 80)}{until}"
    if not is_running:
        word, style = f"LAST KNOWN: {word}", "reverse dim"
    line = Text().append(f" {word}{left} ", style=style)
    return line.append(f" {text}", style="bold") if text else line


def not_running_line(age: str) -> Text:
    """Return what stands in place of everything when nobody watches."""
    line = Text(" GUARD NOT RUNNING ", style="bold white on red")
    return line.append(
        f" What follows is {age} old and nothing is watched now. Start it with `risk run`.", style="bold red"
    )
