"""What running rule tests gave, and how it is said."""

from dataclasses import dataclass

from dsl.problems import Problem, Span
from dsl.render import render_text


@dataclass(frozen=True, slots=True)
class Failure:
    """One case that failed: at which line, what was expected and what happened, and the values the rule saw."""

    rule: str
    case: str
    span: Span
    found: str
    values: str = ""

    def __str__(self) -> str:
        """Return the failure as people read it: only the step that differs."""
        source, (line, _) = self.span.source, self.span.place
        width = max(len(str(line)), 2) + 1
        rows = [
            f"FAIL {self.rule} > {self.case}",
            f"{'-->':>{width + 1}} {source.path}:{line}",
            f"{line:>{width}} | {source.line(line)}",
            f"{'=':>{width + 2}} {self.found}",
        ]
        if self.values:
            rows.append(f"{'=':>{width + 2}} values: {self.values}")
        return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """A change that no test noticed. `span` is what was changed."""

    span: Span
    said: str

    def __str__(self) -> str:
        line, column = self.span.place
        return f"{self.span.source.path}:{line}:{column}: {self.said}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many changes were tried on a rule, and which of them no test noticed."""

    tried: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class TestReport:
    """All cases that were run. `problems` are files that could not be: then nothing of them was tested."""

    __test__ = False  # not a test itself, whatever pytest thinks of its name

    files: int
    cases: int
    failures: tuple[Failure, ...] = ()
    problems: tuple[Problem, ...] = ()
    coverage: tuple[Coverage, ...] = ()

    @property
    def failed(self) -> int:
        return len(self.failures)

    @property
    def passed(self) -> int:
        return self.cases - self.failed

    @property
    def is_good(self) -> bool:
        """Say whether something was tested and nothing is wrong."""
        return self.cases > 0 and not self.failures and not any(problem.is_error for problem in self.problems)


def render(report: TestReport) -> str:
    """Return the whole report as text, the summary last."""
    parts = [str(failure) for failure in report.failures]
    errors = [problem for problem in report.problems if problem.is_error]
    if errors:
        parts.append(render_text(errors).rstrip("\n"))
    if report.coverage:
        parts.append(_coverage(report.coverage))
    parts.append(_summary(report, len(errors)))
    return "\n\n".join(parts) + "\n"


def _coverage(coverage: tuple[Coverage, ...]) -> str:
    gaps = [str(gap) for covered in coverage for gap in covered.gaps]
    tried = sum(covered.tried for covered in coverage)
    return "\n".join([*gaps, f"{tried - len(gaps)} of {tried} branches and boundaries are tested"])


def _summary(report: TestReport, errors: int) -> str:
    words = [f"{report.passed} passed", f"{report.failed} failed"]
    if errors:
        words.append(f"{errors} {'error' if errors == 1 else 'errors'}")
    where = f"in {report.files} {'file' if report.files == 1 else 'files'}"
    return f"{', '.join(words)} {where}" if report.files else "no rule tests were found"
