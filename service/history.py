"""From when on the venue's fills are needed for an account."""

from engine.deadline import OVERLAP
from engine.history_needed import history_needed
from engine.rule import RuleSet
from engine.state import State
from engine.units import Instant
from service.guarded import Guarded


def fills_since(account: Guarded, now: Instant) -> Instant:
    """Return from when on the fills of an account are to be read."""
    return fills_needed(account.state, account.rules, now)


def fills_needed(state: State, rules: RuleSet, now: Instant) -> Instant:
    """Return the start of what the rules look back on; only the latest part where the rest is known already."""
    needed = history_needed(rules, now, state.started_at)
    if state.synced_at is None or (state.ledger.known_since or now) > needed:
        return needed
    return Instant(max(needed, state.synced_at - OVERLAP))
