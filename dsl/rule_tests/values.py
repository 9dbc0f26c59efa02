"""The values that a rule saw when a step failed, in words: `lost = $500, limit = $500; the rule says lost > limit`."""

from dataclasses import dataclass

from dsl import kinds
from dsl.rule_tests.world import World
from dsl.say import say
from engine.evaluation import facts_for
from engine.rule import Rule, RuleScope
from engine.subject import THE_ACCOUNT, Subject, SubjectKind

_KINDS = {
    "money": kinds.MONEY,
    "contracts": kinds.CONTRACTS,
    "ticks": kinds.TICKS,
    "duration": kinds.DURATION,
    "percent": kinds.PERCENT,
    "number": kinds.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule's condition as its author wrote it: the whole, and the two sides that its gauge compares."""

    text: str
    measured: str = ""
    bound: str = ""


def values(world: World, symbol: str | None, condition: Condition | None) -> str:
    """Return what the rule's gauge shows now; empty where it has none. `symbol` is whom the step was about."""
    said = condition.text if condition else ""
    for rule in world.rules.rules:
        subject = _subject(world, rule, symbol)
        if rule.gauge is None or subject is None:
            continue
        facts = facts_for(world.state, world.rules, rule, subject)
        kind = _KINDS[rule.gauge.unit]
        value, limit = (say(kind, side(facts), facts) for side in (rule.gauge.value, rule.gauge.limit))
        names = (
            (condition.measured, condition.bound) if condition and condition.measured else ("value", "limit")
        )
        shown = (
            f"{names[0]} = {value}, {names[1]} = {limit}" if names[1] != limit else f"{names[0]} = {value}"
        )
        return f"{shown}; the rule says {said}" if said else shown
    return ""


def _subject(world: World, rule: Rule, symbol: str | None) -> Subject | None:
    if rule.scope is RuleScope.ACCOUNT:
        return THE_ACCOUNT
    contract = world.venue.contract(symbol).contract if symbol else next(iter(world.venue.positions), None)
    if contract is None or rule.scope is RuleScope.TRADE:
        return None
    if rule.scope is RuleScope.SYMBOL:
        return Subject(SubjectKind.SYMBOL, world.state.root(contract))
    return Subject(SubjectKind.POSITION, contract)
