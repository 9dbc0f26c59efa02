"""While the store cannot be written no lock ends: what nobody could read afterwards must not set anybody free."""

from dataclasses import replace

from engine.outcome import DecisionKind, Outcome
from engine.state import State
from engine.units import SECOND, Instant

AGAIN = 5 * SECOND
"""After so long a lock that should have ended is looked at again."""


def keep_locks(before: State, after: State, outcome: Outcome) -> tuple[State, Outcome]:
    """Return a step's result with every lock that it ended still in place."""
    ended = {
        key: before.locks[key] for key, lock in outcome.locks.items() if lock is None and key in before.locks
    }
    if not ended:
        return after, outcome
    decisions = tuple(
        one for one in outcome.decisions if one.kind is not DecisionKind.UNLOCK or one.lock not in ended
    )
    again = Instant(after.now + AGAIN)
    return (
        replace(after, locks={**after.locks, **ended}),
        replace(
            outcome,
            decisions=decisions,
            locks={key: lock for key, lock in outcome.locks.items() if key not in ended},
            deadline=again if outcome.deadline is None else min(outcome.deadline, again),
        ),
    )
