"""Asking a person: passwords, reasons and names, on a terminal or line by line from stdin; never an argument."""

import getpass
import sys

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.terminal import say


def secret(prompt: str, *, from_stdin: bool) -> str:
    """Return one secret line; it is not shown while it is typed. Raises Failure."""
    if from_stdin:
        return _line()
    _require_terminal("a password is asked for on a terminal only", "or use --stdin")
    return getpass.getpass(prompt)


def answer(prompt: str, *, option: str) -> str:
    """Return what a person types; `option` is how to say it without a terminal. Raises Failure."""
    _require_terminal(f"{option} is missing, and there is no terminal to ask on", f"add {option}")
    say(prompt)
    return _line().strip()


def confirm_by_name(name: str, what: str, *, is_sure: bool) -> None:
    """Go on only when the account's name was typed. `is_sure`: `--yes` was given. Raises Failure."""
    if is_sure:
        return
    typed = answer(f"{what} Type the account's name ({name}) to go on:", option="--yes")
    if typed != name:
        raise Failure(f"`{typed}` is not `{name}`", "nothing was changed", ExitCode.REFUSED)


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise Failure("stdin ended before everything was said", "write one line for each", ExitCode.USAGE)
    return line.rstrip("\r\n")


def _require_terminal(text: str, advice: str) -> None:
    if not sys.stdin.isatty():
        raise Failure(text, advice, ExitCode.USAGE)
