"""`risk replay`: what a ruleset would have decided on a recorded session."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.given_paths import require_paths
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.terminal import console, out, say

if TYPE_CHECKING:
    from service.replaying import Replayed

SCHEMA = "risk.replay/1"


def replay(
    file: Annotated[Path, typer.Argument(help="A file written by `risk record`.")],
    ruleset: Annotated[str, typer.Option(help="A folder, or the name of a ruleset.")] = "starter",
    account: Annotated[
        int | None, typer.Option(help="Only this account, by the venue's number.", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read, decide, print."""
    require_paths([file])
    from service.exits import CannotStart
    from service.home import find_home
    from service.replaying import Replay

    count = 0
    try:
        played = Replay(file, find_home(home), ruleset, account)
        for one in played.decisions():
            count += 1
            _print(one, as_json)
    except CannotStart as error:
        raise Failure(str(error), code=ExitCode.CONFIGURATION) from error
    say(f"risk: {played.events} events, {count} decisions")
    if played.unreadable:
        say(f"  {len(played.unreadable)} could not be read; the first: {plain(played.unreadable[0])}")


def _print(one: "Replayed", as_json: bool) -> None:
    from service.iso import iso, iso_or_none

    decision = one.decision
    if as_json:
        values: dict[str, Any] = {
            "schema": SCHEMA,
            "at": iso(decision.at),
            "account": one.account,
            "kind": decision.kind.value,
            "rule": decision.rule,
            "tier": decision.tier,
            "subject": decision.subject,
            "message": decision.message,
            "wants": list(decision.wants),
            "until": iso_or_none(decision.until),
        }
        out(json.dumps(values, ensure_ascii=False))
        return
    wants = f" [{'; '.join(decision.wants)}]" if decision.wants else ""
    words = " ".join(
        part for part in (decision.rule, decision.subject, f"{decision.message}{wants}".strip()) if part
    )
    console().print(
        plain(f"{_clock(decision.at)} {one.account} {decision.kind.value:<8} {words}", 600), soft_wrap=True
    )


def _clock(at: int) -> str:
    """Return a time of day at the exchange."""
    from datetime import UTC, datetime

    from cli.moments import exchange_zone, long_time

    return long_time(datetime.fromtimestamp(at // 1_000_000, UTC), exchange_zone())


COMMAND = Command(
    replay,
    "What would these rules have decided?",
    (
        "Read a recording back through the guard's own decoders and print what the rules of a ruleset decide. Every rule "
        "counts as `shadow`: it decides and records, since nothing can be changed at a venue that is only recorded."
    ),
    ["risk replay monday.jsonl --ruleset rulesets/starter", "risk replay monday.jsonl --json"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION],
)
