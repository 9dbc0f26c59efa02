"""Problems as people read them in a terminal: place, the lines concerned with their marks, the edit that helps."""

import re
from collections.abc import Iterable, Iterator

from dsl.problems import Problem, Span

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)

_WIDEST = 200
"""Characters of a line that are shown; no line of a rule that people write is as long."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and position, each once."""
    return sorted(
        dict.fromkeys(problems), key=lambda p: (p.span.source.path, p.span.start, p.span.end, p.code)
    )


def render_text(problems: Iterable[Problem]) -> str:
    """Return all problems as text, a blank line between two; without color and without a last line end."""
    return "\n\n".join(_render_one(problem) for problem in in_order(problems))


def plain(text: str) -> str:
    """Return text in which nothing can move the cursor or hide: each such character is shown as one sign."""
    return _UNPRINTABLE.sub(lambda found: " " if found[0] in "\t\n" else "\N{REPLACEMENT CHARACTER}", text)


def _render_one(problem: Problem) -> str:
    source = problem.span.source
    line, column = problem.span.place
    width = _gutter_width(problem)
    margin = " " * (width + 1)
    parts = [
        f"{problem.level}[{problem.code}]: {_clipped(problem.message)}",
        f"{' ' * (width - 1)}--> {plain(source.path)}:{line}:{column}",
    ]
    if problem.because:
        parts += _hint(margin, "because", problem.because)
    elif source.text:
        parts += [f"{margin}|", *_snippet(problem, width)]
    if problem.help:
        parts += _hint(margin, "help", problem.help)
    for note in problem.notes:
        parts += _hint(margin, "note", note)
    return "\n".join(parts)


def _hint(margin: str, word: str, text: str) -> Iterator[str]:
    """Yield a hint; its second line stands under the first."""
    first, *rest = text.split("\n")
    yield f"{margin}= {word}: {_clipped(first)}"
    for line in rest:
        yield f"{margin}{' ' * len(f'= {word}: ')}{_clipped(line)}"


def _gutter_width(problem: Problem) -> int:
    """Return the room for line numbers: two digits, more only where a number needs it."""
    lines = [span.place[0] for span, _, _ in _marks(problem)]
    return max(2, len(str(max(lines))))


def _marks(problem: Problem) -> list[tuple[Span, str, str]]:
    """Return span, sign and label of each mark in the problem's own file, in the order of the text."""
    marks = [(problem.span, "^", problem.label)]
    marks += [
        (mark.span, "-", mark.label) for mark in problem.marks if mark.span.source is problem.span.source
    ]
    return sorted(marks, key=lambda mark: (mark[0].start, mark[0].end))


def _snippet(problem: Problem, width: int) -> Iterator[str]:
    """Yield each line concerned, once, with its marks below it; `...` where lines are left out."""
    source, shown, text, cut = problem.span.source, 0, "", 0
    for span, sign, label in _marks(problem):
        line, column = span.place
        if line != shown:
            if 0 < shown < line - 1:
                yield "..."
            text, cut = _visible(source.line(line).rstrip(), column)
            yield f"{line:>{width}} | {plain(text)}".rstrip()
            shown = line
        before = max(0, column - 1 - cut)
        # What the span has of its first line is marked, at least one character.
        signs = sign * max(1, min(span.end - span.start, len(text) - before))
        yield f"{' ' * (width + 1)}| {' ' * before}{signs} {_clipped(label)}".rstrip()


def _visible(line: str, column: int) -> tuple[str, int]:
    """Return what is shown of a line, and how much of its beginning is not: a line that nobody can read is cut."""
    if len(line) <= _WIDEST:
        return line, 0
    cut = max(0, column - 1 - _WIDEST // 2)
    return line[cut : cut + _WIDEST], cut


def _clipped(text: str) -> str:
    """Return a message or hint, cut when somebody put a whole page into it."""
    text = plain(text)
    return text if len(text) <= 2 * _WIDEST else text[: 2 * _WIDEST] + "\N{HORIZONTAL ELLIPSIS}"
