"""`risk functions`: the functions and aggregates of the rule language."""

import json

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import JsonOption
from cli.terminal import out


def functions(as_json: JsonOption = False) -> None:
    """Print both tables."""
    from dsl.aggregates import AGGREGATES
    from dsl.functions import FUNCTIONS
    from dsl.signature import signature

    rows = []
    for name, function in FUNCTIONS.items():
        read = signature(function)
        taken = ", ".join(f"{parameter.name}: {parameter.kind}" for parameter in read.parameters)
        rows.append((f"{name}({taken}) -> {read.result}", read.summary))
    for name, aggregate in AGGREGATES.items():
        of = "ITEMS" if aggregate.counts_items else "VALUE of ITEMS"
        rows.append((f"{name}({of} over WINDOW)", aggregate.summary))
    if as_json:
        listed = [{"function": form, "meaning": meaning} for form, meaning in rows]
        out(json.dumps({"schema": "risk.functions/1", "functions": listed}, indent=2))
        return
    for form, meaning in rows:
        out(form)
        out(f"    {meaning}")


COMMAND = Command(
    functions,
    "List the functions of the rule language.",
    "List the functions and aggregates that a rule may use, each with what it takes and gives.",
    ["risk functions", "risk functions --json"],
    [ExitCode.USAGE],
)
