"""`risk version`: what is installed, exactly."""

import json
import platform

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.options import JsonOption
from cli.terminal import out
from service.version import version as installed


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
        "schemas": ["risk.status/1", "risk.act/1", "risk.version/1", "risk.paths/1"],
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
