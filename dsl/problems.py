"""What a person must fix in a file, and where: source, span, mark, problem."""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """One text with its path as people know it. Offsets count characters from 0, lines and columns from 1."""

    path: str
    text: str = field(repr=False)
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        object.__setattr__(self, "starts", tuple(accumulate(lengths, initial=0))[:-1])

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset; one past the end is a place too."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line without its end."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source, its end excluded."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def place(self) -> tuple[int, int]:
        return self.source.place(self.start)

    def to(self, other: "Span") -> "Span":
        """Return the stretch from the start of this one to the end of another."""
        return Span(self.source, self.start, other.end)


@dataclass(frozen=True, slots=True)
class Mark:
    """A second place that explains a problem; drawn with `-----`."""

    span: Span
    label: str


Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the author must change. `span` is where to change it, `help` a literal edit of at most two lines.

    `because` is the reason of a finding that follows from several lines; it stands in their place.
    """

    code: str
    message: str
    span: Span
    label: str = ""
    marks: tuple[Mark, ...] = ()
    help: str = ""
    notes: tuple[str, ...] = ()
    level: Level = "error"
    because: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == "error"


class RuleError(Exception):
    """Something cannot be compiled. Carries every problem found, not just the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def has_errors(problems: list[Problem]) -> bool:
    """Say whether any of the problems is an error; warnings alone do not stop a ruleset."""
    return any(problem.is_error for problem in problems)
