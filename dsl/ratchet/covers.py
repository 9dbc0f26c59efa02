"""Whether a rule, or all of a bundle, asks for at least as much as another in every state: proved, or not known.

What is compared is what is asked for in one state of the account and of the rule's timers, as in `risk prove`: not
whole days. A cooldown that begins at a smaller loss ends earlier too, and still counts as stricter.
"""

from dataclasses import fields

from dsl.checked_rule import CheckedRule
from dsl.document_parts import ExceptionNode
from dsl.ratchet.bundle import Read
from dsl.ratchet.feels import feels, reads_firings
from dsl.ratchet.order import Order
from dsl.ratchet.tiers import Pairing
from engine.rule import IfUnknown, Mode
from engine.settings import Settings

NOT_COMPARED = frozenset({"calendar", "lists"})
"""Settings that are compared by what they were made from, or are part of the rules' own constants."""

AT_LEAST = {
    IfUnknown.CLEAR: frozenset(IfUnknown),
    IfUnknown.HOLD: frozenset({IfUnknown.HOLD, IfUnknown.NO_INCREASE, IfUnknown.BREACH}),
    IfUnknown.NO_INCREASE: frozenset({IfUnknown.NO_INCREASE}),
    IfUnknown.BREACH: frozenset({IfUnknown.BREACH}),
}
"""What an unknown answer must do to ask for as much. A breach need not refuse entries, which `no_increase` does."""


def covers(more: Read, less: Read) -> bool:
    """Say whether every rule of `less` that acts or warns is matched by its namesake in `more`. In doubt: no."""
    if less.bundle.may_act_live and not more.bundle.may_act_live:
        return False
    return all(rule_covers(more, less, name) for name in less.rules)


def rule_covers(more: Read, less: Read, name: str) -> bool:
    """Say whether a rule asks in `more` for all that it asks for in `less`. In doubt: no."""
    if less.mode_of(name) <= Mode.SHADOW:
        return True
    if more.mode_of(name) < less.mode_of(name):
        return False
    new, old = more.rules[name], less.rules[name]
    days_differ = more.days != less.days
    if days_differ and (feels(old, "days") or feels(new, "days")):
        return False
    if not _same_settings(new, new.settings or more.info.settings, old, old.settings or less.info.settings):
        return False
    return _covers(new, old, Order())


def _same_settings(new: CheckedRule, now: Settings, old: CheckedRule, before: Settings) -> bool:
    changed = [
        each.name
        for each in fields(Settings)
        if each.name not in NOT_COMPARED and getattr(now, each.name) != getattr(before, each.name)
    ]
    return not any(feels(rule, setting) for rule in (new, old) for setting in changed)


def _covers(new: CheckedRule, old: CheckedRule, order: Order) -> bool:
    one, other = new.document, old.document
    if (one.scope and one.scope.text) != (other.scope and other.scope.text):
        return False
    if (one.for_each is None) != (other.for_each is None) or new.if_unknown not in AT_LEAST[old.if_unknown]:
        return False
    if (reads_firings(new) or reads_firings(old)) and not _same_conditions(new, old, order):
        return False
    same_reset, refuses = new.reset == old.reset, old.if_unknown is IfUnknown.NO_INCREASE
    scope = other.scope.text if other.scope else ""
    if not same_reset and (_uses_reset(new) or _uses_reset(old)):
        return False
    pairing = Pairing(order, scope, same_reset=same_reset, refuses=refuses)
    tiers = all(any(pairing.covers(tier, each) for tier in new.tiers) for each in old.tiers)
    return (
        tiers and _lasts(new, old, order) and _clears_no_sooner(new, old, order) and _warns(new, old, order)
    )


def _same_conditions(new: CheckedRule, old: CheckedRule, order: Order) -> bool:
    pairs = list(zip(new.tiers, old.tiers, strict=False))
    return len(new.tiers) == len(old.tiers) and all(
        order.same(tier.when, each.when) and order.same(tier.hold, each.hold) for tier, each in pairs
    )


def _uses_reset(rule: CheckedRule) -> bool:
    ends = any(action.ends == "reset" for tier in rule.tiers for action in tier.actions)
    return ends or any(
        str(getattr(node.ref, "span", None)) == "reset" for each in rule.conditions for node in each.walk()
    )


def _lasts(new: CheckedRule, old: CheckedRule, order: Order) -> bool:
    """Say whether the rule holds for as many symbols and no shorter."""
    ends, ended = new.document.expires, old.document.expires
    if ends is not None and (ended is None or str(ends.value) < str(ended.value)):
        return False
    return all(
        any(_is_within(each, other) for other in old.document.exceptions) for each in new.document.exceptions
    )


def _is_within(narrow: ExceptionNode, wide: ExceptionNode) -> bool:
    symbols = [frozenset(str(symbol.value) for symbol in each.symbols) for each in (narrow, wide)]
    return symbols[0] <= symbols[1] and str(narrow.until.value) <= str(wide.until.value)


def _clears_no_sooner(new: CheckedRule, old: CheckedRule, order: Order) -> bool:
    if new.clear_for < old.clear_for:
        return False
    if old.clear_when is None:
        return True
    return new.clear_when is not None and order.implies(new.clear_when, old.clear_when)


def _warns(new: CheckedRule, old: CheckedRule, order: Order) -> bool:
    if old.warn is None:
        return True
    if new.warn is None:
        return False
    # Where the rule has acted already no warning is missed: a tighter limit may come before the old warning.
    at_once = [tier.when for tier in new.tiers if tier.hold is None]
    return order.implies_one_of(old.warn.when, (new.warn.when, *at_once))
