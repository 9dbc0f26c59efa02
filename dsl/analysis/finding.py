"""What the analysis looks at, and how a finding is made."""

from dataclasses import dataclass, field

from dsl.analysis.forms import Forms
from dsl.checked_rule import CheckedRule, CheckedTier
from dsl.problems import Problem, Span
from dsl.ruleset_document import RulesetDocument
from dsl.ruleset_info import RulesetInfo

ACTING = frozenset(
    {"flatten", "close", "reduce_to", "cancel_orders", "lock", "cooldown", "move_stop", "require_stop"}
)
"""Actions that do something at the venue, as opposed to telling people."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A rule without errors, and the forms of its conditions."""

    rule: CheckedRule
    ruleset: RulesetInfo
    forms: Forms = field(default_factory=Forms)

    @property
    def name(self) -> str:
        return self.rule.document.rule.text if self.rule.document.rule else ""


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules of a folder without errors. `document` is None where the folder has no `ruleset.yaml`."""

    ruleset: RulesetInfo
    document: RulesetDocument | None
    subjects: tuple[Subject, ...]


def doubt(code: str, message: str, span: Span, because: str, advice: str = "") -> Problem:
    """Return a finding: nothing that is written wrongly, but something that cannot be meant."""
    return Problem(code, message, span, because=because, help=advice, level="warning")


def called(tier: CheckedTier, otherwise: str) -> str:
    """Return how a finding names a tier: a rule without tiers is named as a whole."""
    return f"the tier `{tier.name}`" if tier.name else otherwise
