"""A303: a tier that adds nothing, because another applies whenever it does and asks for as much or more."""

from collections.abc import Iterator

from dsl.analysis.cases import can_be
from dsl.analysis.finding import Subject, doubt
from dsl.analysis.stronger import covers
from dsl.analysis.words import written
from dsl.checked_rule import CheckedTier
from dsl.problems import Problem

MOST_TIERS = 24
"""Of a rule that is looked at, each against each other. The largest shipped ladder has four."""


def pointless_tiers(subject: Subject) -> Iterator[Problem]:
    """Yield each tier that another one makes pointless. Of two that mean the same, the later is named."""
    tiers = subject.rule.tiers[:MOST_TIERS]
    for place, tier in enumerate(tiers):
        for other_place, other in enumerate(tiers):
            is_same = other_place != place and _adds_nothing(tier, other, subject)
            if is_same and not (other_place > place and _adds_nothing(other, tier, subject)):
                yield _finding(tier, other)
                break


def _adds_nothing(tier: CheckedTier, other: CheckedTier, subject: Subject) -> bool:
    """Say whether `other` is in force whenever `tier` is, and wants at least as much."""
    forms = subject.forms
    if not can_be(forms, (tier.when, True)) or can_be(forms, (tier.when, True), (other.when, False)):
        return False
    if not _is_as_quick(tier, other, subject):
        return False
    return all(any(covers(more, less, forms) for more in other.actions) for less in tier.actions)


def _is_as_quick(tier: CheckedTier, other: CheckedTier, subject: Subject) -> bool:
    if other.hold is None:
        return True
    if tier.hold is None:
        return False
    wait = subject.forms.linear(tier.hold).plus(subject.forms.linear(other.hold), -1)
    return wait.is_constant and wait.constant >= 0


def _finding(tier: CheckedTier, other: CheckedTier) -> Problem:
    because = (
        f"whenever `{written(tier.when)}`, the tier `{other.name}` applies too, and asks for as much or more"
    )
    message = f"the tier `{tier.name}` is pointless"
    return doubt(
        "A303", message, tier.when.span, because, "change one of the two conditions, or delete the tier"
    )
