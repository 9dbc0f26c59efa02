"""`risk redeem`: get a challenge for the partner on the phone, then type in the code that he reads out."""

from typing import Annotated, Any

import typer

from cli.at_the_door import asked
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.terminal import out, say
from service.home import find_home


def redeem(
    code: Annotated[
        str, typer.Argument(help="The partner's code; without it you get a challenge.", show_default=False)
    ] = "",
    lock: Annotated[
        str, typer.Option("--lock", help="Which lock, where there are several.", show_default=False)
    ] = "",
    length: Annotated[str, typer.Option("--for", help="For how long: 30m, 2h, or `good`.")] = "30m",
    account: Annotated[
        str, typer.Option("--account", help="Which account, where there are several.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask for a challenge, or redeem a code."""
    from cli.grant_lengths import minutes_in

    root = find_home(home).root
    if code:
        done = asked(root, "trader", "redeem", code=code)
    else:
        done = asked(root, "trader", "grant_ask", account=account, lock=lock, minutes=minutes_in(length))
    if as_json:
        import json

        out(json.dumps({"schema": "risk.grant/1", **done}))
    elif code:
        _tell_lifted(done)
    else:
        _tell_challenge(done)


def _tell_challenge(done: dict[str, Any]) -> None:
    lock = done["lock"]
    length = f"{done['minutes']} minutes" if done["minutes"] else "good"
    out(f"Challenge:  {plain(done['challenge'], 20)}")
    out(f"Account:    {plain(done['account'], 40)}")
    out(f"Lock:       {plain(lock['id'], 20)}  ({plain(lock['rule'], 40)}: {plain(lock['reason'])})")
    out(f"For:        {length}")
    say("  -> read all four to your partner within 15 minutes; then: risk redeem CODE")


def _tell_lifted(done: dict[str, Any]) -> None:
    lock = done["lifted"]
    length = f"for {done['minutes']} minutes; then it comes back" if done["closes_at"] else "for good"
    out(
        f"lifted {plain(lock['id'], 20)} of {plain(done['account'], 40)} ({plain(lock['rule'], 40)}) {length}"
    )
    for row in done["set_again"]:
        say(f"  -> a rule that still holds has set {plain(row['id'], 20)} ({plain(row['rule'], 40)}) again")


COMMAND = Command(
    redeem,
    "Lift a lock with a code from your partner.",
    (
        "Your partner can lift one lock over the phone. Without a code you get a challenge to read out; with the code "
        "that he reads back the lock is lifted for the time that was agreed on, and comes back after it. A code fits "
        "this lock, this account and this time only, works once, and is too old after 15 minutes."
    ),
    ["risk redeem --for 30m", "risk redeem 4711-0815"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING, ExitCode.REFUSED],
)
