"""What cannot be meant although every line is right: findings of the second level. One finding is one file."""

from collections.abc import Callable, Iterator

from dsl.analysis.always import always_fires
from dsl.analysis.closed_for_long import closed_for_long
from dsl.analysis.dead_tiers import pointless_tiers
from dsl.analysis.endless_lock import endless_locks
from dsl.analysis.finding import Pack, Subject
from dsl.analysis.flapping import flapping
from dsl.analysis.late_warning import late_warning
from dsl.analysis.never import never_fires
from dsl.analysis.nothing_enforced import nothing_enforced
from dsl.analysis.two_clocks import two_clocks
from dsl.checked_rule import CheckedRule
from dsl.problems import Problem
from dsl.ruleset_document import RulesetDocument
from dsl.ruleset_info import RulesetInfo

OF_A_RULE: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    never_fires,
    always_fires,
    pointless_tiers,
    late_warning,
    flapping,
    endless_locks,
    closed_for_long,
)
"""Findings about one rule alone."""

OF_A_PACK: tuple[Callable[[Pack], Iterator[Problem]], ...] = (two_clocks,)
"""Findings about a rule together with its ruleset."""

OF_A_FOLDER: tuple[Callable[[Pack], Iterator[Problem]], ...] = (nothing_enforced,)
"""Findings that need all rules of a folder."""


def analyze(
    rules: tuple[CheckedRule, ...],
    ruleset: RulesetInfo,
    document: RulesetDocument | None,
    *,
    is_whole: bool,
) -> list[Problem]:
    """Return what is doubtful about rules without errors. `is_whole`: they are all rules of their folder."""
    pack = Pack(ruleset, document, tuple(Subject(rule, ruleset) for rule in rules))
    found = [problem for subject in pack.subjects for find in OF_A_RULE for problem in find(subject)]
    of_packs = (*OF_A_PACK, *OF_A_FOLDER) if is_whole else OF_A_PACK
    return found + [problem for find in of_packs for problem in find(pack)]
