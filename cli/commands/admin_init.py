"""`risk admin init`: from nothing to a guarded account, asked step by step or read from a file."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption, JsonOption
from cli.terminal import out, say

NEXT = """
Next:
  risk run                 guards from now on, in this terminal (`risk admin service` for always)
  risk status --watch      what the trader sees
  risk admin configure     change rules, values and holidays
  set `mode: enforce` in accounts/NAME.yaml and run `risk admin apply` once you have seen what it would do
"""


def init(
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", help="A JSON file (risk.setup/1) in place of questions.", show_default=False
        ),
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option("--key-file", help="A file with the API key.", show_default=False)
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", help="A file with the admin password.", show_default=False),
    ] = None,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Read lines from stdin: the API key, then the admin password.")
    ] = False,
    recovery_file: Annotated[
        Path | None,
        typer.Option("--recovery-file", help="Write the recovery code to this new file.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask and try everything, store nothing.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Ask, try at the venue, show what it means, and only then store."""
    from cli.setup import recovery
    from cli.setup.finish import finish, found_by_file
    from cli.setup.guide import guided
    from service.home import find_home
    from service.setup.home_files import HomeInUse, require_free

    root = find_home(home)
    try:
        require_free(root)
    except HomeInUse as error:
        raise Failure(
            str(error), "`risk admin configure` changes it; --home names another", ExitCode.CONFIGURATION
        ) from error
    if answers is None:
        found, password = guided(), None
    else:
        found, password = found_by_file(answers, key_file, password_file, from_stdin=from_stdin)
    told = finish(root, found, password, recovery_file, is_dry_run=dry_run)
    if as_json:
        out(json.dumps({"schema": "risk.init/1", **told}, ensure_ascii=False, indent=2))
    elif not dry_run:
        recovery.show(told["recovery_code"], recovery_file)
        say(NEXT)


COMMAND = Command(
    init,
    "Set up a home, step by step.",
    (
        "Set up a new home: gateway, login, accounts, rules and the admin password. The API key is tried at the venue "
        "before anything is stored; no order is ever sent. Accounts begin in `shadow`. At the end it shows what will be "
        "armed, what not, and what would trip right now, and once the recovery code for a lost password (with --json in "
        "the field `recovery_code`; --recovery-file writes it to a file of its own instead).\n\n"
        "Without questions: --answers FILE with\n"
        '{"schema": "risk.setup/1", "user_name": "jane.doe", "ruleset": "starter", '
        '"values": {"max_contracts.limit": "3 contracts"}, "accounts": [{"id": 9120345, "name": "alice"}]}'
    ),
    [
        "risk admin init",
        "risk admin init --answers desk.json --key-file key.txt --password-file password.txt",
    ],
    [
        ExitCode.FINDINGS,
        ExitCode.USAGE,
        ExitCode.CONFIGURATION,
        ExitCode.AUTHENTICATION,
        ExitCode.UNREACHABLE,
        ExitCode.REFUSED,
    ],
)
