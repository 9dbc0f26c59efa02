"""Paths as they were typed: they must exist before anything heavy is loaded."""

from pathlib import Path

from cli.exit_codes import ExitCode
from cli.failure import Failure


def require_paths(paths: list[Path]) -> None:
    """Raise Failure for the first path that does not exist."""
    for path in paths:
        if not path.exists():
            raise Failure(
                f"there is no file or folder `{path}`",
                "give a rule file, a ruleset folder, or a folder of rulesets",
                ExitCode.USAGE,
            )
