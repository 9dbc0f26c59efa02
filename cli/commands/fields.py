"""`risk fields`: what a rule may read, per scope."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import JsonOption
from cli.terminal import out

if TYPE_CHECKING:
    from dsl.fact import Fact

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
                "needs_quotes": fact.needs_quotes,
                "meaning": fact.summary,
            }
            for fact in found
        ]
        out(json.dumps({"schema": "risk.fields/1", "fields": rows}, indent=2))
        return
    wide = max(len(fact.path) for fact in found)
    kinds = max(len(str(fact.kind)) for fact in found)
    for fact in found:
        where = (
            f"  {', '.join(fact.scopes) if len(fact.scopes) < len(SCOPES) else 'every scope':<16}"
            if scope is None
            else ""
        )
        out(f"{fact.path:<{wide}}  {fact.kind!s:<{kinds}}{where}  {fact.summary}{_when_known(fact)}")


def _when_known(fact: "Fact") -> str:
    if fact.needs_quotes:
        return " (unknown without a fresh quote)"
    return " (can be unknown)" if fact.may_be_unknown else ""


COMMAND = Command(
    fields,
    "List what a rule may read.",
    "List the fields of the rule language: name, unit, scope, meaning, and when a field is unknown.",
    ["risk fields --scope account", "risk fields --json"],
    [ExitCode.USAGE],
)
