"""The rules that a plan names, as one set."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dsl.pipeline import load_ruleset
from engine.rule import Mode, Rule, RuleSet
from engine.settings import Settings
from engine.units import SCALE, Money
from service.rehearsal import rules_size, rules_time
from service.rehearsal.hours import Calendar
from service.rehearsal.plan import Plan

FOLDER = Path(__file__).resolve().parents[2] / "rulesets"

FIGURES = {"start_balance": Money(150_000 * SCALE), "operator_floor": Money(148_000 * SCALE)}
"""What an operator would type in for the account of every world."""

RULES: dict[str, Callable[[Plan], Rule]] = {
    "max_contracts": rules_size.max_contracts,
    "max_each": rules_size.max_each,
    "no_stop": rules_size.no_stop,
    "require_stop": rules_size.require_stop,
    "trail": rules_size.trail,
    "daily_loss": rules_time.daily_loss,
    "session": rules_time.session,
    "no_entries": rules_time.no_entries,
    "cooldown": rules_time.cooldown,
    "frequency": rules_time.frequency,
    "bad_streak": rules_time.bad_streak,
}


@dataclass(frozen=True, slots=True)
class Armed:
    """A set of rules and the sizes it allows, in all and of each symbol; None: no such rule, or not known here."""

    rules: RuleSet
    most: int | None
    most_each: int | None
    is_shipped: bool = False


def arm(plan: Plan) -> Armed:
    """Return the rules of a world."""
    return _shipped(plan.pack, plan.limit) if plan.pack else _made(plan)


@cache
def _shipped(pack: str, limit: int) -> Armed:
    """Return a shipped ruleset, all of its rules enforcing that are not off."""
    loaded = load_ruleset(FOLDER / pack, overrides={"max_contracts.limit": f"{limit} contracts"})
    assert loaded.ruleset is not None, loaded.problems
    rules = tuple(r if r.mode is Mode.OFF else replace(r, mode=Mode.ENFORCE) for r in loaded.ruleset.rules)
    settings = replace(loaded.ruleset.settings, figures=FIGURES)
    armed = replace(
        loaded.ruleset, rules=rules, settings=settings, digest=f"{pack} {limit}", ceiling=Mode.ENFORCE
    )
    return Armed(armed, limit if pack == "starter" else None, None, is_shipped=True)


def _made(plan: Plan) -> Armed:
    digest = f"{plan.limit}/{plan.limit_each}"
    rules = tuple(replace(RULES[name](plan), digest=f"{name} {digest}") for name in plan.rules)
    return Armed(
        RuleSet("rehearsal", digest, Settings(Calendar()), rules),
        plan.limit if "max_contracts" in plan.rules else None,
        plan.limit_each if "max_each" in plan.rules else None,
    )
