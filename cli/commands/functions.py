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
    from dsl.reference.examples import examples_of, form_of
    from dsl.reference.windows import WINDOWS
    from dsl.signature import signature

    rows: list[tuple[str, str, list[str]]] = []
    for name, function in FUNCTIONS.items():
        shown = [f"{text} is {result}" for text, result in examples_of(function)]
        rows.append((form_of(name, function), signature(function).summary, shown))
    for name, aggregate in AGGREGATES.items():
        of = "ITEMS" if aggregate.counts_items else "VALUE of ITEMS"
        unit = aggregate.gives or aggregate.takes or "the unit of the value"
        rows.append((f"{name}({of} over WINDOW) -> {unit}", aggregate.summary, []))
    if as_json:
        listed = [{"function": form, "meaning": meaning, "examples": shown} for form, meaning, shown in rows]
        out(json.dumps({"schema": "risk.functions/1", "functions": listed}, indent=2))
        return
    for form, meaning, shown in rows:
        out("\n".join([form, f"    {meaning}", *(f"    {line}" for line in shown)]))
    out("WINDOW\n" + "\n".join(f"    {written}: {meaning}" for written, meaning in WINDOWS.items()))


COMMAND = Command(
    functions,
    "List the functions of the rule language.",
    "List the functions, aggregates and windows that a rule may use: what each takes and gives, with examples.",
    ["risk functions", "risk functions --json"],
    [ExitCode.USAGE],
)
