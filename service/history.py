"""From when on the venue's fills are needed for an account."""

from engine.history_needed import fills_needed
from engine.units import Instant
from service.guarded import Guarded


def fills_since(account: Guarded, now: Instant) -> Instant:
    """Return from when on the fills of an account are to be read."""
    return fills_needed(account.state, account.rules, now)
