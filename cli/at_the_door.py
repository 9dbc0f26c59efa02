"""Asking the running guard for something, with its refusals as the exit codes of `risk`."""

from pathlib import Path
from typing import Any

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain

CODES = {
    "bad_request": ExitCode.USAGE,
    "not_found": ExitCode.USAGE,
    "unknown_verb": ExitCode.USAGE,
    "busy": ExitCode.NOT_RUNNING,
    "failed": ExitCode.NOT_RUNNING,
}
"""Whatever else it answers is a refusal by policy."""


class NotRunning(Failure):
    """Nobody answers at the door. Some commands can do their work on the files of the home instead."""


def asked(home: Path, door: str, verb: str, **fields: Any) -> dict[str, Any]:
    """Return the answer of the guard. Raises Failure, and NotRunning where there is no guard."""
    from service import client

    if not home.is_dir():
        text, advice = f"there is no folder {home}", "choose the home with --home or RISK_HOME"
        raise Failure(text, advice, ExitCode.CONFIGURATION)
    try:
        return client.ask(home, door, verb, **fields)
    except client.GuardNotRunning as error:
        raise NotRunning(error.text, error.help, ExitCode.NOT_RUNNING) from error
    except client.AskRefused as error:
        raise Failure(
            plain(error.text, 400), plain(error.help, 400), CODES.get(error.code, ExitCode.REFUSED)
        ) from error
