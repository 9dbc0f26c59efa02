"""`risk fields`: what a rule may read, per scope."""

import json
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import JsonOption
from cli.terminal import out

SCOPES = ("account", "symbol", "position", "trade")


def fields(
    scope: Annotated[
        str | None, typer.Option(help=f"Only what exists there: {', '.join(SCOPES)}.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the fields."""
    if scope is not None and scope not in SCOPES:
        raise Failure(f"there is no scope `{scope}`", f"scopes: {', '.join(SCOPES)}", ExitCode.USAGE)
    from dsl.facts import FACTS

    found = [fact for fact in FACTS.values() if scope is None or scope in fact.scopes]
    if as_json:
        rows = [
            {
                "field": fact.path,
                "kind": str(fact.kind),
                "scopes": list(fact.scopes),
                "may_be_unknown": fact.may_be_unknown,
                "meaning": fact.summary,
            }
            for fact in found
        ]
        out(json.dumps({"schema": "risk.fields/1", "fields": rows}, indent=2))
        return
    wide = max(len(fact.path) for fact in found)
    kinds = max(len(str(fact.kind)) for fact in found)
    for fact in found:
        unknown = " (can be unknown)" if fact.may_be_unknown else ""
        out(f"{fact.path:<{wide}}  {fact.kind!s:<{kinds}}  {fact.summary}{unknown}")


COMMAND = Command(
    fields,
    "List what a rule may read.",
    "List the fields of the rule language: name, kind, meaning, and whether a field can be unknown.",
    ["risk fields --scope account", "risk fields --json"],
    [ExitCode.USAGE],
)
