"""Broken YAML in words: the usual slips are looked for in the text itself, the parser's own words are never shown."""

import re
from collections.abc import Callable

import yaml

from dsl.problems import Problem, Source, Span
from dsl.yaml_depth import too_deep

_VALUE = re.compile(r"^[ ]*(?:- +)*(?:[\w.]+: +)?(?P<value>\S.*)$")
_GLUED = re.compile(r"^[ ]*(?:- +)*(?P<key>\w+):(?P<value>\S.*)$")
_STARTERS = "{[\"'>|@`%*&!,-"
_CLOSERS = {"[": "]", "{": "}"}


class _Broken:
    """Where the parser stopped (`at`), what it was in (`since`), and the line of each."""

    def __init__(self, source: Source, error: yaml.MarkedYAMLError) -> None:
        self.source = source
        self.words = f"{error.context or ''}; {error.problem or ''}"
        self.at = min(error.problem_mark.index if error.problem_mark else 0, len(source.text))
        self.since = error.context_mark.index if error.context_mark else self.at

    def line_at(self, offset: int) -> Span:
        """Return the line of an offset without white space at its ends."""
        number, column = self.source.place(offset)
        line = self.source.line(number)
        start = offset - (column - 1) + len(line) - len(line.lstrip())
        return Span(self.source, start, max(start, offset - (column - 1) + len(line.rstrip())))

    def span(self, offset: int, length: int = 1) -> Span:
        return Span(self.source, offset, min(offset + length, len(self.source.text)))


def explain(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """Return what is wrong with a file that PyYAML cannot read."""
    broken = _Broken(source, error)
    for slip in _SLIPS:
        problem = slip(broken)
        if problem is not None:
            return problem
    return Problem(
        "E001", "this line cannot be read", broken.line_at(broken.at), help="look at it and at the line above"
    )


def _too_deep(broken: _Broken) -> Problem | None:
    """Tell levels without end: newer parsers stop at them before we can count."""
    return too_deep(broken.span(broken.at)) if "maximum nesting depth" in broken.words else None


def _directive(broken: _Broken) -> Problem | None:
    at = 0 if broken.source.text.startswith("%") else broken.source.text.find("\n%") + 1
    if not (at or broken.source.text.startswith("%")) or not (
        "directive" in broken.words or "document" in broken.words
    ):
        return None
    return Problem(
        "E010",
        "a line that starts with `%` is an order to YAML, and none is used here",
        broken.line_at(at),
        help="delete the line",
    )


def _backslash(broken: _Broken) -> Problem | None:
    at = broken.source.text.rfind("\\", 0, broken.at + 1)
    if "escape" not in broken.words or at < 0:
        return None
    return Problem(
        "E014",
        "a backslash inside quotes is not supported",
        broken.span(at, 2),
        help="use single quotes around the text, or put it below `>` without quotes",
    )


def _open_quote(broken: _Broken) -> Problem | None:
    if "quoted scalar" not in broken.words:
        return None
    quote = broken.source.text[broken.since]
    return Problem(
        "E001",
        "this quote is never closed",
        broken.span(broken.since),
        help=f"add {quote} at the end of the text",
    )


def _no_space_after_colon(broken: _Broken) -> Problem | None:
    for offset in (broken.since, broken.at, broken.source.text.rfind("\n", 0, broken.at)):
        if offset < 0:
            continue
        line = broken.line_at(offset)
        found = _GLUED.match(line.text)
        if found and ": " not in line.text:
            key, value = found["key"], found["value"]
            place = broken.span(line.start + found.start("value") - 1)
            return Problem("E001", "a space is missing after the `:`", place, help=f"write `{key}: {value}`")
    return None


def _no_colon(broken: _Broken) -> Problem | None:
    if "simple key" not in broken.words:
        return None
    return Problem(
        "E001",
        "this line has no `: `",
        broken.line_at(broken.since),
        help="write `name: value`; a text of several lines stands below `>` and is indented",
    )


def _bad_start(broken: _Broken) -> Problem | None:
    """Return the problem of a value whose first sign means something to YAML: `message: {symbol} is closed`."""
    line = broken.line_at(broken.at)
    found = _VALUE.match(line.text)
    if not found or found["value"][0] not in _STARTERS or "while parsing a flow" in broken.words:
        return None
    start = line.start + found.start("value")
    sign = found["value"][0]
    if broken.at < start or (sign == "-" and ": -" not in line.text):
        return None
    return Problem(
        "E001",
        f"a value that starts with `{sign}` means something else to YAML",
        broken.span(start),
        help="put the whole value into quotes, or below `>`, indented",
    )


def _open_bracket(broken: _Broken) -> Problem | None:
    text = broken.source.text
    is_bracket = text[broken.since : broken.since + 1] in _CLOSERS
    at = broken.since if is_bracket else max(text.rfind(bracket, 0, broken.at) for bracket in _CLOSERS)
    if "while parsing a flow" not in broken.words or at < 0:
        return None
    closer = _CLOSERS[text[at]]
    if closer in text[at : broken.line_at(at).end]:
        place = broken.span(min(broken.at, len(text) - 1))
        return Problem(
            "E001", "this does not fit between the brackets", place, help="is a `,` or a quote missing?"
        )
    return Problem("E001", f"this `{text[at]}` is never closed", broken.span(at), help=f"add `{closer}`")


def _second_colon(broken: _Broken) -> Problem | None:
    line = broken.line_at(broken.at)
    if "mapping values" not in broken.words:
        return None
    if ": " in broken.source.text[line.start : broken.at]:
        return Problem(
            "E001",
            "a second `: ` in one line",
            broken.span(broken.at),
            help="put the text after the first one into quotes, or below `>`",
        )
    return Problem(
        "E001",
        "this line is indented below one that has a value of its own",
        line,
        help="move it to the left, or take the value above away",
    )


def _indentation(broken: _Broken) -> Problem | None:
    if "block" not in broken.words or "content" in broken.words:
        return None
    return Problem(
        "E001",
        "this line is indented differently from those around it",
        broken.line_at(broken.at),
        help="let it start in the same column as the lines it belongs to",
    )


def _lonely_sign(broken: _Broken) -> Problem | None:
    sign = broken.source.text[broken.at : broken.at + 1]
    if not sign.strip():
        return None
    return Problem(
        "E001", f"`{sign}` does not fit here", broken.span(broken.at), help="delete it, or use quotes"
    )


_SLIPS: tuple[Callable[[_Broken], Problem | None], ...] = (
    _too_deep,
    _directive,
    _backslash,
    _open_quote,
    _no_space_after_colon,
    _no_colon,
    _bad_start,
    _open_bracket,
    _second_colon,
    _indentation,
    _lonely_sign,
)
