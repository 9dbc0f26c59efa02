"""How long a grant lasts, as people say it: 30m, 2h, or `good`."""

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.lengths import seconds_in


def minutes_in(text: str) -> int:
    """Return whole minutes, 0 for good. Raises Failure."""
    if text == "good":
        return 0
    seconds = int(seconds_in("--for", text))
    if seconds % 60 or not seconds:
        raise Failure(
            f"--for: `{text}` is no whole number of minutes", "write 30m, 2h or good", ExitCode.USAGE
        )
    return seconds // 60
