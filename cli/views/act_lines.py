"""One act of the guard's log on one line."""

from datetime import tzinfo

from rich.text import Text

from cli.act_log import ActLine
from cli.plain import first_sentence, plain
from cli.views.amounts import seconds

STYLES = {
    "breach": "bold red",
    "lock": "red",
    "reentry": "bold red",
    "fault": "bold magenta",
    "gap": "yellow",
    "warn": "yellow",
    "enforcement": "bold",
    "unlock": "green",
    "release": "green",
}


SILENT = {"release": "within its limit again", "unlock": "the lock has ended"}
"""What is said of an act that comes without words."""


def act_line(act: ActLine, zone: tzinfo) -> Text:
    """Return `2026-11-24 14:23:15 CST  alice  breach  max_contracts: You hold 7 contracts ...`."""
    line = Text(act.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z"), style="dim")
    line.append(f"  {plain(act.account, 24):<8}  ", style="not dim")
    line.append(f"{plain(act.kind, 16):<11}", style=f"not dim {STYLES.get(act.kind, 'bold')}")
    line.append(f"  {said(act)}", style="not dim")
    name = act.values.get("id")
    if name:
        line.append(f"  [{plain(name, 16)}]", style="dim")  # for `risk why`
    return line


def said(act: ActLine, *, is_short: bool = False) -> str:
    """Return rules, text, and what else one wants to know: the reason, the end of a lock, how long it took."""
    text = plain(act.text) or SILENT.get(act.kind, "")
    parts = [
        f"{plain(' + '.join(act.rules), 80)}: " if act.rules else "",
        first_sentence(text) if is_short else text,
    ]
    if act.kind == "lock" and act.end:
        parts.append(f" (until {plain(act.end, 80)})")
    if act.flat_ms is not None:
        parts.append(f" ({seconds(act.flat_ms)} from breach to proof)")
    if not is_short and act.kind == "enforcement" and act.reason:
        parts.append(f" - {plain(act.reason)}")
    return "".join(parts) or "(no text)"
