"""`risk version`: what is installed, exactly."""

import json
import platform

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import JsonOption
from cli.terminal import out
from service.version import version as installed

SCHEMAS = (
    "risk.status/1", "risk.act/1", "risk.check/1", "risk.budget/1", "risk.calendar/1", "risk.lock/1", "risk.version/1",
    "risk.paths/1",
)  # fmt: skip
"""What `--json` prints, with the version of its shape."""


def version(as_json: JsonOption = False) -> None:
    """Print the version."""
    if not as_json:
        out(f"risk {installed()} (Python {platform.python_version()})")
        return
    from cli.shipped import calendar_until, ruleset_digests

    document = {
        "schema": "risk.version/1",
        "version": installed(),
        "python": platform.python_version(),
        "schemas": list(SCHEMAS),
        "calendar_valid_through": calendar_until(),
        "rulesets": ruleset_digests(),
    }
    out(json.dumps(document, indent=2))


COMMAND = Command(
    version,
    "Print what is installed.",
    "Print the version; with --json also the schemas, the calendar and the digests of the shipped rulesets.",
    ["risk version", "risk version --json"],
    [ExitCode.USAGE],
)
