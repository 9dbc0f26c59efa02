"""A file on disk as a source: size, encoding and characters are looked at before anything reads the text."""

import re
from pathlib import Path

from dsl.limits import FILE_BYTES
from dsl.problems import Problem, Source, Span

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]|\r(?!\n)"
)
"""Control characters, and those that no screen shows or that make text appear in another order."""

_TAB = re.compile(r"^ *(\t[ \t]*)(?=\S)", re.MULTILINE)


def read_source(path: Path, problems: list[Problem]) -> Source | None:
    """Return the text of a file, or None when it cannot be used; then its problem is appended."""
    empty = Source(path.as_posix(), "")
    try:
        if not path.is_file():
            problems.append(_unreadable(empty, _what_it_is(path)))
            return None
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
    except OSError as error:
        problems.append(
            _unreadable(empty, f"the file cannot be read ({error.strerror or 'no reason given'})")
        )
        return None
    if len(content) > FILE_BYTES:
        problems.append(
            Problem(
                "E011",
                "the file is larger than 1 MiB",
                Span(empty, 0, 0),
                help="a rule has a few kilobytes: is this the right file?",
            )
        )
        return None
    return _decoded(path.as_posix(), content, problems)


def check_text(source: Source, problems: list[Problem]) -> bool:
    """Say whether the text has only characters that people can see; if not, append the first that is in the way."""
    problem = _bad_character(source) or _tab(source) or _nothing_there(source)
    if problem:
        problems.append(problem)
    return problem is None


def _what_it_is(path: Path) -> str:
    if path.is_dir():
        return "this is a folder, not a file"
    if path.is_symlink():
        return "this link leads nowhere, or in a circle"
    return "this is not an ordinary file" if path.exists() else "there is no such file"


def _unreadable(source: Source, message: str) -> Problem:
    return Problem("E013", message, Span(source, 0, 0), help="check the path and who may read it")


def _decoded(path: str, content: bytes, problems: list[Problem]) -> Source | None:
    try:
        return Source(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        # What stands before the first bad byte is good, so its length in characters is the offset.
        offset = len(content[: error.start].decode("utf-8"))
        source = Source(path, content.decode("utf-8", errors="replace"))
        problems.append(
            Problem(
                "E008",
                "the file is not UTF-8 text",
                Span(source, offset, offset + 1),
                "this cannot be read",
                help="save the file with the encoding UTF-8",
            )
        )
        return None


def _bad_character(source: Source) -> Problem | None:
    found = _FORBIDDEN.search(source.text)
    if not found:
        return None
    span = Span(source, found.start(), found.end())
    if found[0] == "\ufeff" and found.start() == 0:
        return Problem(
            "E008",
            "the file starts with a byte order mark",
            span,
            "an invisible character",
            help="save the file as UTF-8 without BOM",
        )
    if found[0] == "\r":
        return Problem(
            "E008",
            "this line ends in a way no editor of today uses",
            span,
            help="save the file with line ends LF",
        )
    return Problem(
        "E008",
        f"there is a character here that cannot be seen (U+{ord(found[0]):04X})",
        span,
        help="delete it, or write the line again",
    )


def _tab(source: Source) -> Problem | None:
    found = _TAB.search(source.text)
    if not found:
        return None
    return Problem(
        "E001",
        "a tab stands where YAML wants spaces",
        Span(source, found.start(1), found.end(1)),
        "a tab",
        help="replace it by spaces, two for each level",
    )


def _nothing_there(source: Source) -> Problem | None:
    lines = (line.strip() for line in source.text.split("\n"))
    if any(line and not line.startswith("#") for line in lines):
        return None
    return Problem(
        "E009",
        "the file is empty",
        Span(source, 0, 0),
        help="write a rule into it (`risk new rule` makes one), or delete the file",
    )
