"""The two consoles: data goes to stdout, everything else to stderr; colour only where a person looks."""

import io
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


class Color(StrEnum):
    """When to color. AUTO: on a terminal, unless NO_COLOR is set or TERM is `dumb`."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_chosen = Color.AUTO


def choose_color(color: Color) -> None:
    """Keep what `--color` said for the consoles made later."""
    global _chosen  # noqa: PLW0603 - one process serves one command line
    _chosen = color


def forgive_odd_characters() -> None:
    """Print `?` for what the terminal's encoding lacks: a status must not end in an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def console(*, stderr: bool = False) -> "Console":
    """Return a console that obeys `--color`. Markup and emoji codes are off: foreign text stays text."""
    from rich.console import Console

    forced = True if _chosen is Color.ALWAYS else None
    plainly = _chosen is Color.NEVER or (_chosen is Color.AUTO and _is_colorless())
    return Console(
        stderr=stderr,
        force_terminal=forced,
        color_system=None if plainly else "auto",
        no_color=False if forced else None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def can_draw(target: "Console") -> bool:
    """Say whether bars and dots can be drawn with block characters; else ASCII stands in."""
    return target.encoding.lower().startswith("utf") and not target.legacy_windows


def _is_colorless() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def say(text: str) -> None:
    """Print a message for a person to stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the one place where messages leave


def out(text: str) -> None:
    """Print data to stdout."""
    print(text, flush=True)  # noqa: T201 - the one place where data leaves
