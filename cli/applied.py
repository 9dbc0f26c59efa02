"""What the guard answered to `apply`, change by change, for whoever asked."""

from typing import Any

from cli.plain import plain
from cli.terminal import out, say

SIGNS = {"stricter": "+ stricter", "looser": "- looser  ", "unknown": "? unknown ", "neutral": "  neutral "}
"""How each verdict begins its line."""


def show_applied(done: dict[str, Any], *, is_dry_run: bool) -> None:
    """Print each account's changes with their verdicts, and what else has to be known."""
    for one in done["accounts"]:
        name = plain(one["account"], 40)
        if not one["changes"]:
            out(f"{name}: the files say what is in force")
            continue
        out(f"{name}:")
        for change in one["changes"]:
            out(
                f"  {SIGNS.get(change['verdict'], change['verdict'])} {plain(change['text'], 200)}{_when(change, one)}"
            )
        _tell(one, is_dry_run=is_dry_run)
    for change in done["home"]:
        waits = change["verdict"] in ("looser", "unknown")
        when = f", from {plain(done['home_from'], 40)} on" if waits else ""
        out(f"  {SIGNS.get(change['verdict'], change['verdict'])} {plain(change['text'], 200)}{when}")
    for name in done["added"]:
        say(f"{plain(name, 40)}: new, {_since_when(name, done, is_dry_run=is_dry_run)}")
    if is_dry_run:
        say("This was a dry run: nothing was changed.")


def _since_when(name: str, done: dict[str, Any], *, is_dry_run: bool) -> str:
    if name in done["needs_start"]:
        return "and its login is not in use: restart the guard, then it is guarded"
    return "would be guarded at once" if is_dry_run else "guarded from now on"


def _when(change: dict[str, Any], one: dict[str, Any]) -> str:
    why = f" ({plain(change['why'], 120)})" if change["why"] else ""
    waits = change["verdict"] in ("looser", "unknown")
    return f"{why}, from {plain(one['looser_from'], 40)} on" if waits and one["looser_from"] else why


def _tell(one: dict[str, Any], *, is_dry_run: bool) -> None:
    """Say what has to be said besides the changes themselves."""
    if is_dry_run:
        return
    if one["looser_from"]:
        say("  What is looser waits; `risk admin apply --call-off` takes it back.")
    if one["waiting"] is not None and not one["looser_from"]:
        say("  It holds as soon as the lock that runs now is over, so that no lock ends sooner for it.")
    if not one.get("is_kept", True):
        say("  The disk does not take it at the moment; the guard goes on from memory and tries again.")


def plain_lines(text: str) -> str:
    """Return a text of several lines without control characters."""
    return "\n".join(plain(line, 400) for line in text.splitlines())
