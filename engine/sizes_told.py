"""The size of a contract as fills and position tell it, in the moments in which they disagree (`settling.py`)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.state import State


def booked_size(state: "State", contract: str) -> int:
    """Return the size that the fills add up to, signed."""
    episode = state.book.episodes.get(contract)
    return episode.size if episode else 0


def is_unsettled(state: "State", contract: str) -> bool:
    """Say whether fills and position of one contract still tell different sizes, and may soon agree."""
    return state.settling_since is not None and booked_size(state, contract) != state.size(contract)


def is_turning(state: "State", contract: str) -> bool:
    """Say whether fills and position tell of opposite sides: a flip whose position is not told yet."""
    return is_unsettled(state, contract) and booked_size(state, contract) * state.size(contract) < 0


def larger_known(state: "State", contract: str) -> int:
    """Return the size of a contract, signed: of fills and position the one that says more, while they disagree.

    The venue tells of a fill before it tells of the position. A lock that this very fill brings about must not
    take the entry, or the flip, for one that came after it.
    """
    size, booked = state.size(contract), booked_size(state, contract)
    is_more = abs(booked) > abs(size) or booked * size < 0
    return booked if is_unsettled(state, contract) and is_more else size
