"""`risk admin accounts`: which accounts a home guards, how, and how they stand now."""

import json
from typing import Any

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.terminal import console, out
from service.home import find_home


def accounts(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Read the files of the home, and beside them what the guard published."""
    from dsl.render import render_text
    from service.settings_read import read_home

    there = find_home(home)
    read = read_home(there)
    if read.settings is None:
        from cli.views.problems import colored

        console(stderr=True).print(colored(render_text(list(read.problems))), soft_wrap=True)
        raise Failure(
            f"the settings of {there.root} cannot be used", "mend what is shown above", ExitCode.CONFIGURATION
        )
    live = _published(there.root)
    rows = [
        {
            "name": account.name,
            "id": account.id,
            "login": account.login,
            "mode": account.mode.name.lower(),
            "ruleset": account.ruleset,
            "set": dict(account.overrides),
            "in_force": _in_force(live.get(account.name)),
        }
        for account in read.settings.accounts
    ]
    if as_json:
        out(json.dumps({"schema": "risk.accounts/1", "accounts": rows}))
        return
    for row in rows:
        _tell(row)
    if not rows:
        raise typer.Exit(ExitCode.FINDINGS)


def _published(root: Any) -> dict[str, dict[str, Any]]:
    """Return what a running guard shows of each account; nothing where none runs."""
    from service import client

    try:
        found = client.read_status(root)
    except client.StatusMissing:
        return {}
    return {row["name"]: row for row in found.document["accounts"]} if found.is_running else {}


def _in_force(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"mode": row["mode"], "verdict": row["verdict"]["level"], "digest": row["ruleset"]["digest"][:12]}


def _tell(row: dict[str, Any]) -> None:
    out(f"{plain(row['name'], 40)}  {row['id']}  login {plain(row['login'], 40)}")
    out(
        f"  file:     {row['mode']}, ruleset {plain(row['ruleset'], 80)}"
        + (f", {len(row['set'])} set here" if row["set"] else "")
    )
    live = row["in_force"]
    shown = (
        f"{live['mode']}, {live['verdict']}, rules {live['digest']}"
        if live
        else "no guard runs, or it does not guard this one"
    )
    out(f"  in force: {shown}")


COMMAND = Command(
    accounts,
    "List the accounts that are guarded, and how.",
    (
        "List the accounts of a home: what their files say, and what is in force now. The two differ while a change "
        "waits, or where the venue does not let the guard act. Ends with 1 when there is none."
    ),
    ["risk admin accounts", "risk admin accounts --json"],
    [ExitCode.FINDINGS, ExitCode.CONFIGURATION],
)
