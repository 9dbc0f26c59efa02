"""Problems as people read them in a terminal: place, the lines concerned with their marks, the edit that helps."""

import re
from collections.abc import Iterable, Iterator

from dsl.problems import Problem, Source, Span

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


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
        f"{problem.level}[{problem.code}]: {plain(problem.message)}",
        f"{' ' * (width - 1)}--> {plain(source.path)}:{line}:{column}",
    ]
    if source.text:
        parts += [f"{margin}|", *_snippet(problem, width)]
    if problem.help:
        parts += _hint(margin, "help", problem.help)
    for note in problem.notes:
        parts += _hint(margin, "note", note)
    return "\n".join(parts)


def _hint(margin: str, word: str, text: str) -> Iterator[str]:
    """Yield a hint; its second line stands under the first."""
    first, *rest = text.split("\n")
    yield f"{margin}= {word}: {plain(first)}"
    for line in rest:
        yield f"{margin}{' ' * len(f'= {word}: ')}{plain(line)}"


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
    source, shown = problem.span.source, 0
    for span, sign, label in _marks(problem):
        line, column = span.place
        if line != shown:
            if 0 < shown < line - 1:
                yield "..."
            yield f"{line:>{width}} | {plain(source.line(line))}".rstrip()
            shown = line
        signs = sign * _length(source, span, line, column)
        yield f"{' ' * (width + 1)}| {' ' * (column - 1)}{signs} {plain(label)}".rstrip()


def _length(source: Source, span: Span, line: int, column: int) -> int:
    """Return how many characters to mark: what the span has of its first line, at least one."""
    rest = len(source.line(line).rstrip()) - (column - 1)
    return max(1, min(span.end - span.start, rest))
