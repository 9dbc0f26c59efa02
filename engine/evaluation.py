"""Looking at one rule for one subject: its facts, the values of its windows, and whom there is to look at."""

from collections.abc import Iterator

from engine.facts import Facts
from engine.facts.view import View
from engine.measure import changes, results, window_key
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
    return Facts(view, results(view, rule), changes(view, rule))


def subjects(state: State, rule: Rule) -> Iterator[Subject]:
    """Yield whom a state rule is looked at for. Trades are looked at when they close, not here."""
    match rule.scope:
        case RuleScope.ACCOUNT:
            yield THE_ACCOUNT
        case RuleScope.SYMBOL:
            for root in sorted({state.root(contract) for contract in state.contracts}):
                yield Subject(SubjectKind.SYMBOL, root)
        case RuleScope.POSITION:
            for contract in sorted(state.contracts):
                if contract in state.positions or _has_latch(state, rule, contract):
                    yield Subject(SubjectKind.POSITION, contract)
        case RuleScope.TRADE:
            return


def latch_key(rule: Rule, tier: str, subject: Subject) -> str:
    """Return the name under which a tier's latch is kept, and the source of its locks."""
    return f"{rule.name}/{tier}/{subject.kind}/{subject.key}"


def reads_any(rule: Rule, changed: set[Topic]) -> bool:
    """Say whether the event changed something the rule reads."""
    return not rule.reads.isdisjoint(changed)


def _has_latch(state: State, rule: Rule, contract: str) -> bool:
    subject = Subject(SubjectKind.POSITION, contract)
    return any(latch_key(rule, tier.name, subject) in state.latches for tier in rule.tiers)
