"""Looking at one rule for one subject: its facts, the values of its windows, and whom there is to look at."""

from collections.abc import Sequence
from functools import lru_cache

from engine.facts import Facts
from engine.facts.view import View
from engine.measure import Changes, Results, window_key
from engine.rule import Rule, RuleScope, RuleSet, Topic
from engine.state import State
from engine.streams import RoundTurn
from engine.subject import THE_ACCOUNT, Subject, SubjectKind

__all__ = ["facts_for", "latch_key", "subjects", "view_for", "window_key"]


def view_for(
    state: State, rules: RuleSet, rule: Rule, subject: Subject, trade: RoundTurn | None = None
) -> View:
    """Return what the rule's facts read."""
    settings = rule.settings or rules.settings
    return View(state, settings, subject, rule.name, trade, state.resets.get(rule.name))


def facts_for(
    state: State, rules: RuleSet, rule: Rule, subject: Subject, trade: RoundTurn | None = None
) -> Facts:
    """Return the rule's facts with the values of its windows."""
    view = view_for(state, rules, rule, subject, trade)
    return Facts(view, Results(view, rule), Changes(view, rule)) if rule.windows else Facts(view)


def subjects(state: State, rule: Rule) -> Sequence[Subject]:
    """Return whom a state rule is looked at for. Trades are looked at when they close, not here."""
    match rule.scope:
        case RuleScope.ACCOUNT:
            return (THE_ACCOUNT,)
        case RuleScope.SYMBOL:
            return _all_of(SubjectKind.SYMBOL, frozenset([state.root(name) for name in state.contracts]))
        case RuleScope.POSITION:
            found = _all_of(SubjectKind.POSITION, state.contracts)
            return [one for one in found if one.key in state.positions or _has_latch(state, rule, one)]
        case RuleScope.TRADE:
            return ()


@lru_cache(maxsize=4096)
def _all_of(kind: SubjectKind, keys: frozenset[str]) -> Sequence[Subject]:
    """Return a subject for each key, in order; the same ones are asked for at every event."""
    return tuple(Subject(kind, key) for key in sorted(keys))


def latch_key(rule: Rule, tier: str, subject: Subject) -> str:
    """Return the name under which a tier's latch is kept, and the source of its locks."""
    return _latch_key(rule.name, tier, subject.kind, subject.key)


@lru_cache(maxsize=4096)
def _latch_key(rule: str, tier: str, kind: str, key: str) -> str:
    return f"{rule}/{tier}/{kind}/{key}"


def reads_any(rule: Rule, changed: set[Topic]) -> bool:
    """Say whether the event changed something the rule reads."""
    return not rule.reads.isdisjoint(changed)


def _has_latch(state: State, rule: Rule, subject: Subject) -> bool:
    return any(latch_key(rule, tier.name, subject) in state.latches for tier in rule.tiers)
