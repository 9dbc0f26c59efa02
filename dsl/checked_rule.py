"""A rule whose every expression is checked: what the compiler starts from, and what `describe` reads back."""

from dataclasses import dataclass

from dsl.check_actions import CheckedAction
from dsl.check_context import Context
from dsl.messages import CheckedMessage
from dsl.rule_document import RuleDocument
from dsl.typed import Typed
from engine.rule import IfUnknown
from engine.schedule import Reset
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class CheckedGauge:
    """What is measured and its bound, both of one kind. `armed` must hold before that matters.

    `others` are those of the other branches of an `or`: the one nearest to its bound is shown.
    """

    value: Typed
    limit: Typed
    label: str
    armed: tuple[Typed, ...] = ()
    others: tuple["CheckedGauge", ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedTier:
    """One condition with its `for:` and its actions. `gauge` is derived from the condition."""

    name: str
    when: Typed
    hold: Typed | None
    actions: tuple[CheckedAction, ...]
    gauge: CheckedGauge | None = None


@dataclass(frozen=True, slots=True)
class CheckedWarning:
    """The rule's early warning."""

    when: Typed
    message: CheckedMessage


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A whole rule. `gauge` is the one its author wrote; `settings` is None where it has none of its own.

    `reach`: how far away stops may be for it, where that depends on facts.
    """

    document: RuleDocument
    context: Context
    tiers: tuple[CheckedTier, ...]
    clear_when: Typed | None
    clear_for: int
    if_unknown: IfUnknown
    reset: Reset | None
    message: CheckedMessage | None
    warn: CheckedWarning | None
    gauge: CheckedGauge | None
    settings: Settings | None
    reach: Typed | None = None

    @property
    def conditions(self) -> tuple[Typed, ...]:
        """All expressions whose answer the engine must know the moment it changes."""
        found = [tier.when for tier in self.tiers]
        found += [tier.hold for tier in self.tiers if tier.hold is not None]
        found += [
            expression for tier in self.tiers for action in tier.actions for expression in action.expressions
        ]
        found += [self.clear_when] if self.clear_when is not None else []
        found += [self.warn.when] if self.warn is not None else []
        found += [self.reach] if self.reach is not None else []
        return tuple(found)
