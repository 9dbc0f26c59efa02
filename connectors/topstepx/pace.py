"""How often each account is read by REST: often where something is at stake, seldom where nothing is, within the budget."""

from dataclasses import dataclass

from connectors.topstepx.settings import Timings

FULL = 3.0
"""Requests of a whole poll: orders, positions, fills."""

GLANCES = 3
"""Of so many polls of an account with nothing at stake one is whole; the others are glances at its positions."""

GLANCE = (FULL + GLANCES - 1) / GLANCES
"""Requests of a poll of such an account, on average."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two polls of an account: one with something at stake, and one without."""

    at_stake: float
    idle: float


def pace_of(at_stake: int, idle: int, *, is_live: bool, timings: Timings) -> Pace:
    """Return how often to poll when so many accounts have something at stake and so many have not.

    `is_live`: the user hub tells everything, and polls only look for what it lost. Where the budget does not
    suffice, idle accounts wait first, up to `poll_idle_most`; then all wait longer, and neither kind takes all.
    """
    fast = timings.poll_live if is_live else timings.poll_blind
    slow = timings.poll_live_idle if is_live else timings.poll_blind_idle
    allowed = _allowed(timings, is_live=is_live)
    left = allowed - at_stake * FULL / fast
    patient = idle * GLANCE / max(slow, timings.poll_idle_most)
    taken = min(idle * GLANCE / slow, max(left, patient), allowed / 2 if at_stake else allowed)
    return Pace(
        max(fast, at_stake * FULL / (allowed - taken)) if at_stake else fast,
        idle * GLANCE / taken if idle else slow,
    )


def _allowed(timings: Timings, *, is_live: bool) -> float:
    """Return how many requests a second polls may make: the list of accounts is read beside them.

    Beside a live hub half of the background's share stays free for what follows a reconnect.
    """
    share = timings.requests_background / timings.requests_window
    return share / 2 if is_live else max(share - 1 / timings.account_age, share / 2)
