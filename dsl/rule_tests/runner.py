"""`risk test`: finds the test files below a path, runs every case, and reports."""

from collections.abc import Iterator
from pathlib import Path

from dsl.problems import Problem
from dsl.rule_files import read_source
from dsl.rule_tests.cases import run_case
from dsl.rule_tests.coverage import cover
from dsl.rule_tests.document import read_tests
from dsl.rule_tests.loading import load_subject
from dsl.rule_tests.report import Coverage, Failure, TestReport, render

__all__ = ["TestReport", "files_of", "render", "run_tests"]

SUFFIX = ".test.yaml"


def run_tests(path: Path, *, coverage: bool = False) -> TestReport:
    """Run the tests of a rule, of a test file, of a ruleset, or of a folder of rulesets.

    With `coverage`, also find what the tests of each rule would not notice; that runs them many times over. Raises
    FileNotFoundError when there is nothing at `path`.
    """
    covered: list[Coverage] = []
    problems: list[Problem] = []
    failures: list[Failure] = []
    files = cases = 0
    for file in files_of(path):
        files += 1
        count, failed = _run_file(file, problems, covered if coverage else None)
        cases += count
        failures += failed
    return TestReport(files, cases, tuple(failures), tuple(problems), tuple(covered))


def files_of(path: Path) -> list[Path]:
    """Return the test files that `path` stands for, in order. Raises FileNotFoundError."""
    if not path.exists():
        raise FileNotFoundError(path)
    if path.is_dir():
        return sorted(_below(path))
    if path.name.endswith(SUFFIX):
        return [path]
    beside = path.parent / "tests" / f"{path.stem}{SUFFIX}"
    return [beside] if beside.is_file() else []


def _below(folder: Path) -> Iterator[Path]:
    """Give the test files of a ruleset, or of the rulesets in a folder; deeper folders are not rulesets."""
    for pattern in (f"*{SUFFIX}", f"tests/*{SUFFIX}", f"*/tests/*{SUFFIX}"):
        yield from folder.glob(pattern)


def _run_file(
    file: Path, problems: list[Problem], covered: list[Coverage] | None
) -> tuple[int, list[Failure]]:
    """Return how many cases a file has and which failed; a file that cannot be used has none."""
    found: list[Problem] = []
    source = read_source(file, found)
    document = read_tests(source, found) if source is not None else None
    subject = load_subject(document, found) if document is not None else None
    problems += found
    if document is None or subject is None:
        return 0, []
    runs = (run_case(document.rule, case, subject.compiled, subject.condition) for case in document.cases)
    failures = [failure for failure in runs if failure is not None]
    if covered is not None and not failures:  # what fails already notices nothing
        covered.append(cover(document, subject))
    return len(document.cases), failures
