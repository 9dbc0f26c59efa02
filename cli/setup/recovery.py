"""The recovery code at the end of `risk admin init`: made once, and shown once or written to one file."""

import os
from pathlib import Path

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.terminal import say
from service.home import Home
from service.password_reset import RecoveryCode


def require_new(path: Path | None) -> None:
    """Raise Failure where the file for the code is there already: nothing is overwritten."""
    if path is not None and path.exists():
        text = f"{path} is there already, and a code is never written over something"
        raise Failure(text, "nothing was stored; name a new file", ExitCode.USAGE)


def make(home: Home, path: Path | None) -> str:
    """Make the code; return it to be shown, or empty once it stands in the file. Raises OSError."""
    code = RecoveryCode(home.recovery).make()
    if path is None:
        return code
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{code}\n")
    return ""


def show(code: str, path: Path | None) -> None:
    """Tell the admin of it, on the terminal alone: what is printed for programs has it in a field."""
    say(
        "\n7. The recovery code sets a new password at once on the day on which the old one is lost. It works once."
    )
    if path is not None:
        say(f"It stands in {path}: put that where the trader cannot find it.")
        return
    say(f"\n  {code}\n")
    say("This is the only time that it is shown. Write it down and keep it where the trader cannot find it.")
