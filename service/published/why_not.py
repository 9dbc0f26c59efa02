"""Why a rule did not act, and why a lock has not ended: what is left, how old the inputs are, what would come next."""

from typing import Any

from engine.events import Link
from engine.locks import EndKind, Lock, TradingState
from engine.rule import RuleSet, Topic
from engine.scope import covers
from engine.state import State
from engine.units import SECOND, Instant
from engine.view import GaugeReading
from service.wording import in_words

OWN_VIEW = frozenset({Topic.POSITIONS, Topic.ORDERS, Topic.FILLS, Topic.ACCOUNT})
"""Inputs that the venue's complete view confirms, and the user hub keeps up to date in between."""


def why_not(reading: GaugeReading, state: State, rules: RuleSet, now: Instant) -> dict[str, Any]:
    """Return what is left to a rule's limit, what makes it act, and the age of what it reads."""
    rule = next(one for one in rules.rules if one.name == reading.rule)
    value, limit = reading.value, reading.limit
    left = None if value is None or limit is None else limit - value
    return {
        "distance": in_words(left, reading.unit) or None,
        "acts_when": [tier.text for tier in rule.tiers if tier.text],
        "inputs": [_input(topic, state, now) for topic in sorted(rule.reads) if topic in INPUTS],
    }


INPUTS = OWN_VIEW | {Topic.QUOTES, Topic.LINKS}
"""What can be old: the clock, and the guard's own locks, are always of this moment."""


def _input(topic: Topic, state: State, now: Instant) -> dict[str, Any]:
    """Return the name of an input, its age in seconds (None: never heard) and whether changes come as they happen."""
    if topic is Topic.QUOTES:
        heard = [state.quotes[held].at for held in state.positions if held in state.quotes]
        is_known = len(heard) == len(state.positions)
        return _row(topic, min(heard, default=None) if is_known else None, now, Link.MARKET_HUB, state)
    seen = state.links.get(Link.USER_HUB)
    if topic is Topic.LINKS:
        return _row(topic, seen.since if seen else None, now, Link.USER_HUB, state)
    return _row(topic, state.synced_at if state.is_confirmed else None, now, Link.USER_HUB, state)


def _row(topic: Topic, at: Instant | None, now: Instant, link: Link, state: State) -> dict[str, Any]:
    seen = state.links.get(link)
    age = None if at is None else f"{max(now - at, 0) / SECOND:.1f}"
    return {"name": topic.value, "age_s": age, "is_live": seen is not None and bool(seen.is_live)}


def waits_for(lock: Lock, state: State, now: Instant) -> str:
    """Return why a lock has not ended yet, in words."""
    match lock.end.kind:
        case EndKind.MANUAL:
            return "an admin lifts it"
        case EndKind.CONDITION:
            return lock.end.text or "its condition holds"
        case EndKind.INSTANT if lock.end.at is not None and lock.end.at > now:
            return "its time has come"
    if lock.state is TradingState.FLAT_ONLY and not state.is_confirmed:
        return "the venue shows the account flat; its view is not known yet"
    held = [contract for contract in state.positions if covers(lock.scope, contract, state.root(contract))]
    if held:
        return "the account is flat: " + ", ".join(f"{state.size(one):+d} {state.root(one)}" for one in held)
    return "the guard looks again in a moment"
