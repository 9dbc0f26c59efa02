"""A301: a rule, or one of its tiers, can never fire."""

from collections.abc import Iterator

from dsl.analysis.cases import can_be
from dsl.analysis.finding import Subject, called, doubt
from dsl.analysis.words import why_never
from dsl.problems import Problem


def never_fires(subject: Subject) -> Iterator[Problem]:
    """Yield each condition that holds in no state."""
    for tier in subject.rule.tiers:
        if not can_be(subject.forms, (tier.when, True)):
            because = why_never(tier.when, subject.forms)
            yield doubt("A301", f"{called(tier, 'this rule')} can never fire", tier.when.span, because)
