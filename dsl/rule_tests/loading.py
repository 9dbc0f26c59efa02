"""The rule that a test file is about, compiled alone with its ruleset's settings."""

from dataclasses import dataclass
from pathlib import Path

from dsl.nodes import Compare
from dsl.pipeline import compile_rule
from dsl.problems import Problem, Source, has_errors
from dsl.rule_document import RuleDocument, read_rule
from dsl.rule_files import read_folder, read_source
from dsl.rule_tests.acting import CannotHappen
from dsl.rule_tests.document import TestDocument
from dsl.rule_tests.values import Condition
from dsl.ruleset_build import build_info, default_info
from dsl.ruleset_document import read_lists, read_ruleset
from dsl.ruleset_info import RulesetInfo
from engine.rule import RuleSet


@dataclass(frozen=True, slots=True)
class Subject:
    """The rule under test. `condition` is what its `when:` says, None where it has tiers."""

    path: Path
    source: Source
    info: RulesetInfo
    condition: Condition | None

    def compiled(self, path: str | None) -> RuleSet:
        """Return the rule compiled anew, or (a reload) as another file has it. Raises CannotHappen."""
        file = self.path if path is None else _find(path, self.path)
        problems: list[Problem] = []
        source = read_source(file, problems)
        rule, found = compile_rule(source, self.info, {}) if source is not None else (None, [])
        if rule is None:
            first = next(
                (problem.message for problem in [*problems, *found] if problem.is_error), "it is empty"
            )
            raise CannotHappen(f"{file.as_posix()} cannot be loaded: {first}")
        return RuleSet(self.info.name, rule.digest, self.info.settings, (rule,), self.info.ceiling)


def load_subject(tests: TestDocument, problems: list[Problem]) -> Subject | None:
    """Return the rule of a test file, None after reporting why there is none. It stands in the folder above."""
    path = Path(tests.source.path).parent.parent / f"{tests.rule}.yaml"
    if not path.is_file():
        message = f"there is no rule `{tests.rule}` to test"
        problems.append(
            Problem("E804", message, tests.rule_span, help=f"it is looked for in {path.as_posix()}")
        )
        return None
    found: list[Problem] = []
    info = _surroundings(path.parent, found)
    source = read_source(path, found)
    document = read_rule(source, []) if source is not None else None
    if source is not None:
        found += compile_rule(source, info, {})[1]
    problems += [problem for problem in found if problem.is_error]
    if source is None or document is None or has_errors(found):
        return None
    return Subject(path, source, info, _condition(document))


def _surroundings(folder: Path, problems: list[Problem]) -> RulesetInfo:
    files = read_folder(folder, problems)
    lists = read_lists(files.lists, problems) if files.lists is not None else {}
    document = read_ruleset(files.ruleset, problems) if files.ruleset is not None else None
    return build_info(document, lists, problems, None) if document is not None else default_info(folder.name)


def _condition(document: RuleDocument) -> Condition | None:
    when = document.when
    if when is None:
        return None
    text = " ".join(when.span.text.split())
    if isinstance(when, Compare):
        return Condition(text, when.left.span.text, when.right.span.text)
    return Condition(text)


def _find(path: str, rule: Path) -> Path:
    """Return the file of a `reload` step: as it stands, or seen from the rule's folder or one above it."""
    for folder in (Path(), *rule.resolve().parents):
        if (folder / path).is_file():
            return folder / path
    raise CannotHappen(f"there is no file {path}")
