"""`risk doctor`: is everything in order, and does the gateway work? Changes nothing, trades nothing."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.terminal import console, out, say

if TYPE_CHECKING:
    from connectors.topstepx.examination.step import Step

SCHEMA = "risk.doctor/1"
SIGNS = {"pass": ("pass", "green"), "fail": ("FAIL", "bold red"), "unknown": ("cannot tell", "yellow")}
CODES = (
    ("configuration", ExitCode.CONFIGURATION),
    ("damaged", ExitCode.DAMAGED),
    ("authentication", ExitCode.AUTHENTICATION),
    ("unreachable", ExitCode.UNREACHABLE),
    ("other", ExitCode.FINDINGS),
)
"""What ends the command with which code: the first kind of trouble that was found."""


def doctor(
    home: HomeOption = None,
    connect: Annotated[
        bool, typer.Option("--connect", help="Also try the gateway, step by step, without trading.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Look and tell."""
    from service.doctor.examine import examine
    from service.home import find_home

    found = []
    for step in examine(find_home(home), connect=connect):
        found.append(step)
        if not as_json:
            _print(step)
    if as_json:
        out(json.dumps(_document(found), ensure_ascii=False, indent=2))
    failures = sum(step.verdict == "fail" for step in found)
    if not as_json:
        say(
            f"risk: {len(found)} checks, {failures} failed, {sum(s.verdict == 'unknown' for s in found)} cannot be told"
        )
    troubles = {step.trouble.value for step in found if step.verdict == "fail"}
    code = next((code for kind, code in CODES if kind in troubles), ExitCode.DONE)
    if code is not ExitCode.DONE:
        raise typer.Exit(code)


def _print(step: "Step") -> None:
    from rich.text import Text

    sign, style = SIGNS[step.verdict.value]
    line = Text(f"{sign:<11} ", style=style).append(
        f"{plain(step.name)}: {plain(step.text)}", style="default"
    )
    target = console()
    target.print(line, soft_wrap=True)
    if step.fix and step.verdict != "pass":
        target.print(Text(f"{'':<11} -> {plain(step.fix)}"), soft_wrap=True)


def _document(found: "list[Step]") -> dict[str, object]:
    steps = [
        {"name": step.name, "verdict": step.verdict.value, "text": step.text, "fix": step.fix}
        for step in found
    ]
    return {"schema": SCHEMA, "steps": steps}


COMMAND = Command(
    doctor,
    "Is everything in order?",
    (
        "Check a home: settings, permissions, keys, rules, calendar, store, status. With --connect also each gateway, step by "
        "step: name, TLS, login, contracts, accounts, what the guard reads, both hubs, clocks. Nothing is changed or traded."
    ),
    ["risk doctor", "risk doctor --connect --home ~/desk"],
    [
        ExitCode.FINDINGS,
        ExitCode.USAGE,
        ExitCode.CONFIGURATION,
        ExitCode.AUTHENTICATION,
        ExitCode.UNREACHABLE,
        ExitCode.DAMAGED,
    ],
)
