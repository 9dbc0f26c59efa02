"""One account's rules as text, and what reading them gives: everything that two rulesets are compared by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType

from dsl.account_figures import read_figures, split
from dsl.check_rule import check_rule
from dsl.checked_rule import CheckedRule
from dsl.problems import Problem, Source, has_errors
from dsl.rule_document import read_rule
from dsl.rule_files import BESIDE, HOLIDAYS, LISTS, NEWS, RULESET, RulesetFiles
from dsl.ruleset_build import with_figures
from dsl.ruleset_document import read_ruleset
from dsl.ruleset_info import RulesetInfo
from dsl.surroundings import surroundings
from engine.rule import Mode


@dataclass(frozen=True, slots=True)
class Bundle:
    """What decides for one account: texts of its ruleset by file name, its own values, its mode.

    `overrides` are by `rule.parameter` and `account.figure`. `may_act_live`: the firm permits orders although the
    account is not simulated.
    """

    files: Mapping[str, str]
    overrides: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mode: Mode = Mode.ENFORCE
    may_act_live: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A bundle, checked. `days` is what its calendar follows from, so that two of them can be compared."""

    bundle: Bundle
    info: RulesetInfo
    rules: Mapping[str, CheckedRule]
    days: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        return not has_errors(list(self.problems)) and bool(self.rules)

    def mode_of(self, name: str) -> Mode:
        """Return what a rule may do here: the weakest of its own mode, the ruleset's ceiling and the account's."""
        rule = self.rules.get(name)
        written = rule.document.mode if rule is not None else None
        own = Mode[written.text.upper()] if written is not None else Mode.OFF
        return min(own, self.info.ceiling, self.bundle.mode)


class Reader:
    """Reads bundles that differ in little: a rule whose text and surroundings are the same is read once."""

    def __init__(self) -> None:
        self._rules: dict[tuple[object, ...], tuple[CheckedRule | None, tuple[Problem, ...]]] = {}
        self._infos: dict[tuple[object, ...], tuple[RulesetInfo, tuple[str, ...], tuple[Problem, ...]]] = {}

    def read(self, bundle: Bundle) -> Read:
        """Return a bundle with everything checked; its problems are in it."""
        own, figures = split(bundle.overrides)
        shared = tuple(bundle.files.get(name, "") for name in (RULESET, LISTS, HOLIDAYS, NEWS))
        key = (*shared, *sorted(figures.items()))
        if key not in self._infos:
            self._infos[key] = _info(bundle, figures)
        info, days, found = self._infos[key]
        problems, rules = list(found), dict[str, CheckedRule]()
        for name in sorted(bundle.files):
            if "/" in name or name in BESIDE:
                continue
            rule = PurePath(name).stem
            values = {k.partition(".")[2]: text for k, text in own.items() if k.partition(".")[0] == rule}
            checked, reported = self._rule(name, bundle.files[name], values, info, key)
            problems += reported
            if checked is not None:
                rules[rule] = checked
        return Read(bundle, info, rules, days, tuple(problems))

    def _rule(
        self, name: str, text: str, values: dict[str, str], info: RulesetInfo, around: tuple[object, ...]
    ) -> tuple[CheckedRule | None, tuple[Problem, ...]]:
        key = (name, text, *sorted(values.items()), around)
        if key not in self._rules:
            problems: list[Problem] = []
            document = read_rule(Source(name, text), problems)
            checked = check_rule(document, info, values, problems) if document is not None else None
            self._rules[key] = (checked, tuple(problems))
        return self._rules[key]


def _info(
    bundle: Bundle, figures: Mapping[str, str]
) -> tuple[RulesetInfo, tuple[str, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    sources = {name: Source(name, text) for name, text in bundle.files.items()}
    rules = tuple(source for name, source in sources.items() if "/" not in name and name not in BESIDE)
    files = RulesetFiles(
        Path(),
        sources.get(RULESET),
        sources.get(LISTS),
        rules,
        frozenset(),
        sources.get(HOLIDAYS),
        sources.get(NEWS),
    )
    info = surroundings(files, problems)
    info = with_figures(info, read_figures(figures, info.tz, problems))
    return info, _days(files), tuple(problems)


def _days(files: RulesetFiles) -> tuple[str, ...]:
    """Return the texts from which the calendar is built, blanks made one."""
    document = read_ruleset(files.ruleset, []) if files.ruleset is not None else None
    if document is None:
        return ()
    single = (document.tz, document.calendar)
    times = (document.trading_day, document.flat_by)
    texts = [part.text if part else "" for part in single] + [part.text if part else "" for part in times]
    texts += [
        f"{name} {' '.join(hours.span.text.split())}" for name, hours in sorted(document.sessions.items())
    ]
    return (*texts, files.holidays.text if files.holidays is not None else "")
