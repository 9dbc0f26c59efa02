"""Questions on a terminal: one of some, a text, yes or no. Whoever presses Enter takes what stands in brackets."""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.terminal import say

T = TypeVar("T")

TRIES = 5
"""Wrong answers to one question; then the guide ends and nothing was stored."""


def require_terminal() -> None:
    """Raise Failure where nobody can be asked."""
    if not sys.stdin.isatty():
        raise Failure(
            "the guide asks on a terminal, and there is none",
            "use --answers FILE with --key-file and --password-file; `risk admin init --help` shows a file",
            ExitCode.USAGE,
        )


def text(question: str, default: str = "") -> str:
    """Return what is typed, the default for nothing."""
    shown = f"{question} [{default}] " if default else f"{question} "
    sys.stderr.write(shown)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise Failure("the input ended", "nothing was stored; begin again", ExitCode.USAGE)
    return line.strip() or default


def yes(question: str, *, default: bool) -> bool:
    """Return whether the answer begins with a y."""
    return until_right(question, _yes_or_no, "Y/n" if default else "y/N", default="y" if default else "n")


def until_right(question: str, read: Callable[[str], T], hint: str = "", default: str = "") -> T:
    """Ask until `read` takes the answer; it raises ValueError with what is wrong. Raises Failure after too many."""
    for _ in range(TRIES):
        given = text(f"{question} [{hint}]" if hint else question, "" if hint else default) or default
        try:
            return read(given)
        except ValueError as error:
            say(f"  {error}")
    raise Failure("too many answers that cannot be used", "nothing was stored; begin again", ExitCode.USAGE)


def one_of(question: str, options: Sequence[str], default: int = 1) -> int:
    """Show numbered options and return the place of the chosen one, from 0."""
    for number, option in enumerate(options, start=1):
        say(f"  {number}  {option}")

    def read(given: str) -> int:
        if not (given.isascii() and given.isdigit()) or not 1 <= int(given) <= len(options):
            raise ValueError(f"type a number from 1 to {len(options)}")
        return int(given) - 1

    return until_right(question, read, default=str(default))


def _yes_or_no(given: str) -> bool:
    if given.lower() in ("y", "yes"):
        return True
    if given.lower() in ("n", "no"):
        return False
    raise ValueError("type y or n")
