"""A size that nothing could decide: the stream said one thing, a reading right after it another, and REST may lag."""

from engine.sizes_told import TOO_LONG_UNREAD, is_read_since
from engine.state import State
from service.rehearsal.guard import Guard


def is_undecided(contract: str, state: State, guard: Guard) -> bool:
    """Say whether the guard acts on an old message, because the venue could not be read since a reading that may lag.

    Where that lasts for four seconds the stream's word counts (`engine/sizes_told.py`).
    """
    heard, newest = state.heard.get(contract), guard.newest.get(contract, 0)
    if heard is None or is_read_since(state, heard) or guard.view.get(contract, 0) >= newest:
        return False
    return state.now >= heard + TOO_LONG_UNREAD
