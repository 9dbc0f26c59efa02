"""The values that a rule saw when a step failed, in words: `lost = $500, limit = $500; the rule says lost > limit`."""

from dataclasses import dataclass

from dsl import kinds
from dsl.rule_tests.world import World
from dsl.say import say
from engine.evaluation import facts_for, window_key
from engine.facts import Facts
from engine.rule import Rule, RuleScope
from engine.streams import Stream
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
        gauge = rule.gauge or next((tier.gauge for tier in rule.tiers if tier.gauge is not None), None)
        if gauge is None or subject is None:
            continue
        facts = facts_for(world.state, world.rules, rule, subject)
        kind = _KINDS[gauge.unit]
        value, limit = (say(kind, side(facts), facts) for side in (gauge.value, gauge.limit))
        measured, bound = _names(condition)
        shown = f"{measured} = {value}{_counted(world, rule, facts)}"
        if bound != limit:
            shown += f", {bound} = {limit}"
        return f"{shown}; the rule says {said}" if said else shown
    return ""


def _names(condition: Condition | None) -> tuple[str, str]:
    if condition is None or not condition.measured:
        return "value", "limit"
    return condition.measured, condition.bound


def _counted(world: World, rule: Rule, facts: Facts) -> str:
    """Return what the rule's windows count if that is one thing, such as ` (4 trades since Thu 17:00)`; empty for other rules."""
    if len({(window.stream, window.span) for window in rule.windows.values()}) != 1:
        return ""
    window = next(iter(rule.windows.values()))
    held = world.state.windows.get(window_key(facts.view, window.key))
    if held is None or window.stream not in _COUNTED:
        return ""
    book = world.state.book
    items = book.entries if window.stream is Stream.ENTRIES else book.trades
    count = sum(item.at >= held.since for item in items)
    word = "entry" if window.stream is Stream.ENTRIES else "trade"
    plural = {"entry": "entries", "trade": "trades"}[word]
    return f" ({count} {word if count == 1 else plural} since {facts.say(held.since).rpartition(' ')[0]})"


_COUNTED = frozenset({Stream.FILLS, Stream.TRADES, Stream.ENTRIES})
"""Streams that people know as trades and entries."""


def _subject(world: World, rule: Rule, symbol: str | None) -> Subject | None:
    if rule.scope is RuleScope.ACCOUNT:
        return THE_ACCOUNT
    contract = world.venue.contract(symbol).contract if symbol else next(iter(world.venue.positions), None)
    if contract is None or rule.scope is RuleScope.TRADE:
        return None
    if rule.scope is RuleScope.SYMBOL:
        return Subject(SubjectKind.SYMBOL, world.state.root(contract))
    return Subject(SubjectKind.POSITION, contract)
