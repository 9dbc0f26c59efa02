"""The rules that a plan names, as one set."""

from collections.abc import Callable
from dataclasses import replace

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


def rule_set(plan: Plan) -> RuleSet:
    """Return the rules of a world."""
    digest = f"{plan.limit}/{plan.limit_each}"
    rules = tuple(replace(RULES[name](plan), digest=f"{name} {digest}") for name in plan.rules)
    return RuleSet("rehearsal", digest, Settings(Calendar()), rules)
