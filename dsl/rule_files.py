"""The files of a ruleset folder: which there are, and their text."""

from dataclasses import dataclass, replace
from pathlib import Path

from dsl.limits import FILE_BYTES
from dsl.problems import Problem, Source, Span

RULESET, LISTS, CLAIMS = "ruleset.yaml", "lists.yaml", "claims.yaml"
HOLIDAYS, NEWS = "holidays.yaml", "news.yaml"
BESIDE = frozenset({RULESET, LISTS, CLAIMS, HOLIDAYS, NEWS})
"""Files of a folder that are no rules."""

MAX_FILES = 2_000
"""Rules of one folder. The largest shipped pack has about 20."""


@dataclass(frozen=True, slots=True)
class RulesetFiles:
    """The sources of one ruleset. `tests` are the names of rules that have a test.

    `holidays`: the admin's exceptions to the market calendar, `news`: the list of releases. A home keeps both in one
    place for all rulesets.
    """

    folder: Path
    ruleset: Source | None
    lists: Source | None
    rules: tuple[Source, ...]
    tests: frozenset[str]
    holidays: Source | None = None
    news: Source | None = None

    @property
    def all(self) -> tuple[Source, ...]:
        beside = (self.ruleset, self.lists, self.holidays, self.news)
        return tuple(source for source in (*beside, *self.rules) if source is not None)

    def edited(self, source: Source | None) -> "RulesetFiles":
        """Return the files with a rule in place of the one under the same path."""
        rules = tuple(source if source and source.path == rule.path else rule for rule in self.rules)
        return replace(self, rules=rules)


def read_source(path: Path, problems: list[Problem]) -> Source | None:
    """Return a file's text under its path as given, None when it cannot be read (reported)."""
    shown = path.as_posix()
    try:
        if path.stat().st_size > FILE_BYTES:
            problem = _unreadable(shown, "is larger than 1 MB", "a rule has a few hundred lines at most")
        else:
            return Source(shown, path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        problem = _unreadable(shown, "is not UTF-8 text", "save it as UTF-8")
    except OSError as failure:
        reason = f"cannot be read: {failure.strerror}" if failure.strerror else "cannot be read"
        problem = _unreadable(shown, reason, "check the path and its permissions")
    problems.append(problem)
    return None


def _unreadable(path: str, message: str, help_text: str) -> Problem:
    return Problem("E001", f"this file {message}", Span(Source(path, ""), 0, 0), help=help_text)


def read_folder(
    folder: Path, problems: list[Problem], holidays: Path | None = None, news: Path | None = None
) -> RulesetFiles:
    """Return the files of one ruleset folder, in the order of their names.

    `holidays` and `news` are the home's files; without them those in the folder itself count.
    """
    paths = sorted(path for path in folder.glob("*.yaml") if path.is_file())[:MAX_FILES]
    sources = {path.name: read_source(path, problems) for path in paths if path.name != CLAIMS}
    rules = tuple(source for name, source in sources.items() if source is not None and name not in BESIDE)
    tests = frozenset(path.name.removesuffix(".test.yaml") for path in (folder / "tests").glob("*.test.yaml"))
    exceptions = read_source(holidays, problems) if holidays is not None else sources.get(HOLIDAYS)
    releases = read_source(news, problems) if news is not None else sources.get(NEWS)
    return RulesetFiles(folder, sources.get(RULESET), sources.get(LISTS), rules, tests, exceptions, releases)
