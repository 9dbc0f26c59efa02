"""`risk paths`: which folders and files are used."""

import json

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import HomeOption, JsonOption
from cli.terminal import out
from service.home import find_home


def paths(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Print where things live."""
    found = find_home(home)
    places = {
        "home": found.root,
        "settings": found.settings,
        "accounts": found.accounts,
        "rulesets": found.rulesets,
        "secrets": found.secrets,
        "data": found.data,
        "logs": found.logs,
        "status": found.status,
        "acts": found.acts,
    }
    if as_json:
        out(
            json.dumps(
                {"schema": "risk.paths/1"} | {name: str(path) for name, path in places.items()}, indent=2
            )
        )
        return
    for name, path in places.items():
        note = "" if path.exists() else "   (does not exist yet)"
        out(f"{name:<9} {path}{note}")


COMMAND = Command(
    paths,
    "Print where things live.",
    "Print the home folder and the files in it that people edit or read.",
    ["risk paths", "risk paths --home ~/desk --json"],
    [ExitCode.USAGE],
)
