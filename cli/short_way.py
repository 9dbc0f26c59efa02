"""A short way to `risk status`: it is asked for often, and loading the command line library takes longer than all else.

Only plain requests go this way. Whatever is not understood here, mistakes and `--help` too, goes to the library.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from cli.terminal import Color


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """What `risk status` was asked for."""

    home: Path | None = None
    account: str | None = None
    watch: bool = False
    check: bool = False
    as_json: bool = False
    color: Color = Color.AUTO


def status_request(arguments: list[str]) -> StatusRequest | None:
    """Return the request, or None when this is another command or not a plain one."""
    if "status" not in arguments:
        return None
    request, words, is_named = StatusRequest(), iter(arguments), False
    for word in words:
        if word == "status" and not is_named:
            is_named = True
            continue
        changed = _switched(request, word) or _with_value(request, word, next(words, None))
        if changed is None:
            return None
        request = changed
    return request if is_named else None


def _switched(request: StatusRequest, option: str) -> StatusRequest | None:
    match option:
        case "--watch" | "-w":
            return replace(request, watch=True)
        case "--check":
            return replace(request, check=True)
        case "--json":
            return replace(request, as_json=True)
        case "--debug":  # looked at where errors are caught
            return request
        case _:
            return None


def _with_value(request: StatusRequest, option: str, value: str | None) -> StatusRequest | None:
    if value is None or value.startswith("-"):
        return None
    match option:
        case "--home":
            return replace(request, home=Path(value))
        case "--account":
            return replace(request, account=value)
        case "--color" if value in set(Color):
            return replace(request, color=Color(value))
        case _:
            return None
