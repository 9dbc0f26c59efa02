"""A short way to `risk validate`: an editor asks at each save, and the command line library takes as long as twenty rules.

Only plain requests go this way. Whatever is not understood here, mistakes and `--help` too, goes to the library.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from cli.terminal import Color


class Format(StrEnum):
    """For whom the findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class ValidateRequest:
    """What `risk validate` was asked for. `strict`: warnings count as errors; `cost`: print what each window costs."""

    paths: tuple[Path, ...] = ()
    form: Format = Format.TEXT
    strict: bool = False
    cost: bool = False
    color: Color = Color.AUTO


def validate_request(arguments: list[str]) -> ValidateRequest | None:
    """Return the request, or None when this is another command or not a plain one."""
    request, words, is_named = ValidateRequest(), iter(arguments), False
    for word in words:
        if not word.startswith("-"):
            if not is_named and word != "validate":
                return None
            request = replace(request, paths=(*request.paths, Path(word))) if is_named else request
            is_named = True
            continue
        changed = _with_option(request, word, words)
        if changed is None:
            return None
        request = changed
    return request if request.paths else None


def _with_option(request: ValidateRequest, option: str, words: Iterator[str]) -> ValidateRequest | None:
    match option:
        case "--strict":
            return replace(request, strict=True)
        case "--cost":
            return replace(request, cost=True)
        case "--debug":  # looked at where errors are caught
            return request
        case "--format" if (value := next(words, "")) in set(Format):
            return replace(request, form=Format(value))
        case "--color" if (value := next(words, "")) in set(Color):
            return replace(request, color=Color(value))
        case _:
            return None
