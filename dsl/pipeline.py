"""The whole road: from files to rules that the engine runs, with every problem on the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from dsl.account_figures import read_figures, split
from dsl.analysis import analyze
from dsl.bundle import bundle_digest, file_digest
from dsl.check_rule import check_rule
from dsl.checked_rule import CheckedRule
from dsl.compile_rule import compile_checked
from dsl.missing_tests import missing_tests
from dsl.problems import Problem, Source, has_errors
from dsl.rule_document import read_rule
from dsl.rule_files import LISTS, RULESET, read_folder, read_source
from dsl.ruleset_build import with_figures
from dsl.ruleset_document import read_lists, read_ruleset
from dsl.ruleset_gaps import no_rules, unknown_rules
from dsl.ruleset_info import RulesetInfo
from dsl.surroundings import info_beside, surroundings
from engine.rule import Rule, RuleSet


@dataclass(frozen=True, slots=True)
class Loaded:
    """A ruleset and what was found in it; `ruleset` is None when anything is wrong. `sources`: generated Python."""

    ruleset: RuleSet | None
    problems: list[Problem]
    files: int
    digest: str
    sources: Mapping[str, str]
    checked: tuple[CheckedRule, ...] = ()


def compile_rule(
    source: Source, ruleset: RulesetInfo, overrides: Mapping[str, str]
) -> tuple[Rule | None, list[Problem]]:
    """Return one rule, None if it has errors, with its problems. `overrides` are values by name of parameter."""
    problems: list[Problem] = []
    compiled = _compiled(source, ruleset, overrides, problems)
    return (compiled[0] if compiled is not None else None), problems


def _compiled(
    source: Source, ruleset: RulesetInfo, overrides: Mapping[str, str], problems: list[Problem]
) -> tuple[Rule, str, CheckedRule] | None:
    """Return a rule, its generated text and what it was made from; None if it has errors. Problems are appended."""
    found: list[Problem] = []
    document = read_rule(source, found)
    checked = check_rule(document, ruleset, overrides, found) if document is not None else None
    problems += found
    if checked is None or has_errors(found):
        return None
    own = "".join(f"\nset {name} {text}" for name, text in sorted(overrides.items()))
    return *compile_checked(checked, file_digest(source.text + own)), checked


def load_ruleset(
    folder: Path,
    *,
    overrides: Mapping[str, str] | None = None,
    known_roots: Collection[str] | None = None,
    edited: Source | None = None,
    holidays: Path | None = None,
    news: Path | None = None,
) -> Loaded:
    """Return the rules of a folder, all or none.

    `overrides`: an account's values by `rule.parameter`, and its own figures as `account.start_balance`. `known_roots`: the symbols the venue lists; None: take any.
    `edited`: a file as it would be after an edit, in place of the one on disk. `holidays`, `news`: the home's own
    exceptions to the market calendar, and its list of releases.
    """
    problems: list[Problem] = []
    overrides, figures = split(overrides or {})
    if not folder.is_dir():
        problems.append(no_rules(folder, "there is no such folder"))
        return Loaded(None, problems, 0, "", {})
    files = read_folder(folder, problems, holidays, news).edited(edited)
    info = surroundings(files, problems, known_roots)
    info = with_figures(info, read_figures(figures, info.tz, problems))
    if not files.rules:
        problems.append(no_rules(folder, "there is no rule in this folder"))
    problems += unknown_rules(files, overrides)
    rules, sources, checked = list[Rule](), dict[str, str](), list[CheckedRule]()
    for source in files.rules:
        name = Path(source.path).stem
        own = {
            key.partition(".")[2]: text for key, text in overrides.items() if key.partition(".")[0] == name
        }
        compiled = _compiled(source, info, own, problems)
        sources[name] = compiled[1] if compiled is not None else ""
        if compiled is not None:
            rules.append(compiled[0])
            checked.append(compiled[2])
    digest = bundle_digest(
        ((Path(each.path).name, each.text) for each in files.all), {**overrides, **figures}
    )
    if has_errors(problems):
        return Loaded(None, problems, len(files.all), digest, sources, tuple(checked))
    ruleset = RuleSet(info.name, digest, info.settings, tuple(rules), info.ceiling)
    return Loaded(ruleset, problems, len(files.all), digest, sources, tuple(checked))


def validate(path: Path) -> list[Problem]:
    """Return everything that is wrong with a rule, a ruleset folder, or a folder of rulesets.

    A folder is checked whole, missing tests included; a single file alone, with what stands beside it.
    """
    if path.is_file():
        return _validate_file(path)
    folders = sorted({each.parent for each in path.glob(f"*/{RULESET}")})
    if folders and not (path / RULESET).exists():
        return [problem for folder in folders for problem in _validate_folder(folder)]
    return _validate_folder(path)


def _validate_folder(folder: Path) -> list[Problem]:
    loaded = load_ruleset(folder)
    if not folder.is_dir():
        return loaded.problems
    return [*loaded.problems, *missing_tests(read_folder(folder, [])), *doubts(folder, loaded.checked)]


def doubts(path: Path, checked: tuple[CheckedRule, ...]) -> list[Problem]:
    """Return what cannot be meant although every line is right, in one rule or in all of a folder."""
    folder = path if path.is_dir() else path.parent
    source = read_source(folder / RULESET, []) if (folder / RULESET).is_file() else None
    document = read_ruleset(source, []) if source is not None else None
    info = checked[0].context.ruleset if checked else info_beside(folder / RULESET)
    return analyze(checked, info, document, is_whole=path.is_dir())


def _validate_file(path: Path) -> list[Problem]:
    problems: list[Problem] = []
    source = read_source(path, problems)
    if source is None:
        return problems
    if path.name == RULESET:
        read_ruleset(source, problems)
        return problems
    if path.name == LISTS:
        read_lists(source, problems)
        return problems
    compiled = _compiled(source, info_beside(path), {}, problems)
    return problems if compiled is None else [*problems, *doubts(path, (compiled[2],))]
