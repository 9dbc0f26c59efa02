"""The rules that a plan names, as one set."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.rule import Rule, RuleSet
from engine.settings import Settings
from service.rehearsal import rules_size, rules_time
from service.rehearsal.hours import Calendar
from service.rehearsal.plan import Plan

RULES: dict[str, Callable[[Plan], Rule]] = {
    "max_contracts": rules_size.max_contracts,
    "max_each": rules_size.max_each,
    "no_stop": rules_size.no_stop,
    "require_stop": rules_size.require_stop,
    "trail": rules_size.trail,
    "daily_loss": rules_time.daily_loss,
    "session": rules_time.session,
    "cooldown": rules_time.cooldown,
    "frequency": rules_time.frequency,
    "bad_streak": rules_time.bad_streak,
}


@dataclass(frozen=True, slots=True)
class Armed:
    """A set of rules and the sizes it allows, in all and of each symbol; None: no such rule."""

    rules: RuleSet
    most: int | None
    most_each: int | None


def arm(plan: Plan) -> Armed:
    """Return the rules of a world."""
    digest = f"{plan.limit}/{plan.limit_each}"
    rules = tuple(replace(RULES[name](plan), digest=f"{name} {digest}") for name in plan.rules)
    return Armed(
        RuleSet("rehearsal", digest, Settings(Calendar()), rules),
        plan.limit if "max_contracts" in plan.rules else None,
        plan.limit_each if "max_each" in plan.rules else None,
    )
