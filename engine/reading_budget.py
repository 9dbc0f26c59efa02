"""How often the venue may be read: a few times in a row without a pause, and no more than thirty times in any minute.

What must be known at once (a request about a size that nobody answered, fills and positions that differ) is read at
once. Where a venue leaves one such question after the other, readings alone would eat the budget of requests that
closing positions needs. Each reading therefore costs some seconds of a credit that time fills up again; what is left
of the debt is one instant, so that it costs nothing to keep.
"""

from engine.state import State
from engine.units import SECOND, Instant

COST = 3 * SECOND
"""What one reading takes of the credit: twenty a minute for ever."""
BURST = 10
"""So many follow each other at once where none was needed for half a minute."""


def readable_from(state: State) -> Instant:
    """Return from when on the venue may be read again; the past where the credit has not run out."""
    return Instant(state.readings_paid_at - (BURST - 1) * COST)


def paid_after(state: State) -> Instant:
    """Return when the debt is paid if the venue is read now."""
    return Instant(max(state.readings_paid_at, state.now) + COST)
