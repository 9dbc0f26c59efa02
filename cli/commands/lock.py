"""`risk lock`: close trading to yourself for a while. Nobody can shorten it; what is open may be left."""

from typing import Annotated, Any

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.prompts import confirm_by_name
from cli.terminal import out, say
from service.home import find_home

LONG = 24 * 3600
"""Seconds. A longer lock is asked about once more: a slip of the finger cannot be taken back."""


def lock(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[for 2h|until reset|until 15:00] [SYMBOL]", show_default=False),
    ] = None,
    account: Annotated[
        str, typer.Option("--account", help="Which account, where there are several.", show_default=False)
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say until when, lock nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, however long it is.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask the guard for the lock and say what holds now."""
    root = find_home(home).root
    until, symbol = meaning(words or [])
    request = {"until": until, "symbol": symbol, "account": account}
    planned = asked(root, "trader", "lock", **request, is_dry_run=True)
    if dry_run:
        _tell(planned, "would be", as_json)
        return
    if planned["seconds"] > LONG:
        what = (
            f"This closes {planned['account']} until {plain(planned['end'], 60)}, and nobody can shorten it."
        )
        confirm_by_name(planned["account"], what, is_sure=yes)
    done = asked(root, "trader", "lock", **request)
    _tell(done, "is", as_json)
    if done["asked_until"] != done["until"]:
        say("  -> a longer lock was in force already; nobody can shorten it")
    if done["positions"]:
        held = ", ".join(f"{size:+} {plain(symbol, 12)}" for symbol, size in done["positions"].items())
        say(f"  -> what you hold stays ({held}); you can close it at any time, and add nothing")
    if not done["is_kept"]:
        say("  -> the guard's disk fails: it holds this lock in memory only, for now")


def meaning(words: list[str]) -> tuple[str, str]:
    """Return until when, and the symbol. Raises Failure for words that make no sense together."""
    left, until, symbols = list(words), "", list[str]()
    while left:
        word = left.pop(0)
        if word in ("for", "until"):
            if until or not left:
                raise Failure(f"`risk lock {' '.join(words)}` does not say until when", _HOW, ExitCode.USAGE)
            until = left.pop(0)
        else:
            symbols.append(word)
    if len(symbols) > 1:
        raise Failure(f"one symbol at a time, not `{' '.join(symbols)}`", _HOW, ExitCode.USAGE)
    return until or "reset", "".join(symbols)


_HOW = "write `risk lock for 2h`, `risk lock until reset`, `risk lock until 15:00` or `risk lock for 2h MNQ`"


def _tell(row: dict[str, Any], word: str, as_json: bool) -> None:
    if as_json:
        import json

        out(json.dumps({"schema": "risk.lock/1", **row}))
        return
    scope = "" if row["scope"] == "account" else f" in {plain(row['scope'], 12)}"
    out(f"{plain(row['account'], 40)} {word} closed to new entries{scope} until {plain(row['end'], 60)}")


COMMAND = Command(
    lock,
    "Close trading to yourself for a while.",
    (
        "Close an account, or one symbol, to new entries: for a while, until the next trading day (`reset`, also when "
        "nothing is said) or until a time of the exchange's day. What you hold may be left or closed. Nobody can "
        "shorten such a lock, the admin neither; asking again can only make it longer."
    ),
    ["risk lock for 2h", "risk lock until 15:00 MNQ"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
