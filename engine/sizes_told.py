"""The size of a contract as fills and position tell it, in the moments in which they disagree (`settling.py`)."""

from typing import TYPE_CHECKING

from engine.units import SECOND, Instant

if TYPE_CHECKING:
    from engine.held import HeardFill
    from engine.state import State
    from engine.venue import Fill, Position

REST_LAG = SECOND
"""By how much a reading may be behind the stream at most. Nobody knows; the connector's own looks allow for twice that."""

STAMP_LAG = 2 * SECOND
"""The same by the fill's own stamp: the venue's clock is not ours, and a reading can bring news of an old fill."""

TOGETHER = SECOND // 10
"""Fill and position of one execution are told within this, in either order (`gateway-api.md` 7.4: about 30 ms)."""

TOO_LONG_UNREAD = 4 * SECOND
"""Where the venue cannot be read for so long, the stream's word is all there is."""


def size_by_fills(state: "State", contract: str) -> int:
    """Return the size that fills have led to since the last reading that nothing contradicted, signed."""
    return state.by_fills.get(contract, 0)


def is_unsettled(state: "State", contract: str) -> bool:
    """Say whether fills and position of one contract still tell different sizes, and may soon agree."""
    return state.settling_since is not None and size_by_fills(state, contract) != state.size(contract)


def is_turning(state: "State", contract: str) -> bool:
    """Say whether fills and position tell of opposite sides: a flip whose position is not told yet."""
    return is_unsettled(state, contract) and size_by_fills(state, contract) * state.size(contract) < 0


def larger_known(state: "State", contract: str, *, is_turned: bool = True) -> int:
    """Return the size of a contract, signed: of fills and position the one that says more, while they disagree.

    The venue tells of a fill before it tells of the position. A lock that this very fill brings about must not
    take the entry for one that came after it. Of a flip the new side counts, or with `is_turned` False the old one.
    """
    size, by_fills = state.size(contract), size_by_fills(state, contract)
    if is_turning(state, contract):
        return by_fills if is_turned else size
    return by_fills if is_unsettled(state, contract) and abs(by_fills) > abs(size) else size


def is_hearsay(state: "State", contract: str) -> bool:
    """Say whether the stream alone tells this size: fills do not reach it, and no reading was asked for since.

    Either a fill got lost, or the message is old: a stream that stood still tells what a reading has overtaken.
    """
    size, by_fills = state.size(contract), size_by_fills(state, contract)
    if size == 0 or (by_fills * size > 0 and abs(by_fills) >= abs(size)):
        return False
    heard = state.heard.get(contract)
    return heard is not None and not is_read_since(state, heard) and state.now < heard + TOO_LONG_UNREAD


def is_read_since(state: "State", heard: Instant) -> bool:
    """Say whether a reading was taken that must show what the stream told then."""
    return state.synced_at is not None and heard + REST_LAG <= state.synced_at


def is_from_before_fills(state: "State", position: "Position") -> bool:
    """Say whether a position is told once more that fills heard of since have led away from: it was late on its way.

    One that came back to this size unheard mostly has another average price; if not, a reading tells.
    """
    contract = position.contract
    has_changed = size_by_fills(state, contract) != position.size and _added_since(state, contract) != 0
    return state.positions.get(contract) == position and has_changed


def least_held(state: "State", contract: str) -> int:
    """Return how many contracts (no sign) are held at least: what is told, less what fills took off that it lacks.

    A position that is told or read right after a fill can be from before it. Taking off once more what is too much in
    it would close what may be kept. What only the stream says counts once a reading says it too.
    """
    size, by_fills = state.size(contract), size_by_fills(state, contract)
    if by_fills == size and not is_met_by_old_fill(state, contract):
        return abs(size)
    # A fill that took off what lost fills had added too much to the sum leaves the position to say how little is left.
    likely = min(abs(by_fills), max(abs(size) + _added_since(state, contract), 0))
    if is_hearsay(state, contract):
        return likely if by_fills * size > 0 else 0
    if by_fills * size < 0 or abs(by_fills) > abs(
        size
    ):  # fills got lost: only those since the position was told count
        told = state.heard.get(contract, 0)
        since = (heard.fill.size for heard in _taken_off(state, contract) if heard.at >= told)
        return max(abs(size) - sum(since), 0)
    return max(abs(size) - sum(heard.fill.size for heard in _taken_off(state, contract)), likely)


def is_explained(state: "State", contract: str) -> bool:
    """Say whether the fills add up to what is held, those counted that a position may not show yet."""
    by_fills = size_by_fills(state, contract)
    if is_hearsay(state, contract):
        return False
    return by_fills * state.size(contract) >= 0 and least_held(state, contract) == abs(by_fills)


def doubt_ends_at(state: "State", contract: str) -> Instant | None:
    """Return from when on a reading says whether a position is outdated; None where fills do not contradict it."""
    if is_hearsay(state, contract) or least_held(state, contract) == abs(state.size(contract)):
        return None
    return max(shown_by(heard) for heard in _taken_off(state, contract))


def hearsay_ends_at(state: "State", contract: str) -> tuple[Instant, Instant] | None:
    """Return when a reading may confirm it next, and when the stream's word is taken even so; None if it is none."""
    if not is_hearsay(state, contract):
        return None
    heard = state.heard[contract]
    is_first = state.synced_at is None or state.synced_at < heard + TOGETHER
    return Instant(heard + (TOGETHER if is_first else REST_LAG)), Instant(heard + TOO_LONG_UNREAD)


def disagreement_ends_at(state: "State", contract: str) -> Instant | None:
    """Return from when on a reading decides between stream and fills, None where they agree or one has decided."""
    if size_by_fills(state, contract) == state.size(contract):
        return None
    filled = state.just_filled.get(contract)
    spoken = max(state.heard.get(contract, 0), filled[-1].at if filled else 0)
    return Instant(spoken + REST_LAG) if spoken and not is_read_since(state, Instant(spoken)) else None


def is_shrinking(state: "State", contract: str) -> bool:
    """Say whether fills tell that less is held than the position says, and the position or a reading is still to come."""
    is_less = least_held(state, contract) < abs(state.size(contract))
    return is_less and disagreement_ends_at(state, contract) is not None


def believed_from(state: "State", contract: str) -> Instant | None:
    """Return from when on a size is believed that a fill agrees with since after it was told; None where no fill does.

    They can agree by chance: where another fill was lost, the position of after this one is still on its way.
    """
    if size_by_fills(state, contract) != state.size(contract):
        return None
    size = state.size(contract)
    off = (heard.at for heard in _heard_since(state, contract) if _change(heard) * size < 0)
    last = max(off, default=None)
    return None if last is None else Instant(last + TOGETHER)


def is_met_by_old_fill(state: "State", contract: str) -> bool:
    """Say whether a fill from before a position was told, heard of late, makes fills and position agree.

    Where fills got lost, that is chance: what fills have taken off since is taken off. A reading tells what is held.
    """
    is_met = size_by_fills(state, contract) == state.size(contract)
    return is_met and any(heard.is_old for heard in _heard_since(state, contract))


def is_old(state: "State", fill: "Fill") -> bool:
    """Say whether a new fill is from before one that was known when the position was told, so that this shows both."""
    told = state.heard.get(fill.contract, 0)
    known = (one for one in state.just_filled.get(fill.contract, ()) if one.at + TOGETHER <= told)
    return any((fill.executed_at, fill.id) < (one.fill.executed_at, one.fill.id) for one in known)


def shown_by(heard: "HeardFill") -> Instant:
    """Return from when on a reading shows a fill."""
    return Instant(min(heard.at + REST_LAG, heard.fill.executed_at + STAMP_LAG))


def _added_since(state: "State", contract: str) -> int:
    """Return how many contracts fills heard of since a position was told made it larger; below zero: smaller."""
    since = (heard for heard in _heard_since(state, contract) if not heard.is_old)
    return sum(map(_change, since)) * (1 if state.size(contract) > 0 else -1)


def _change(heard: "HeardFill") -> int:
    return heard.fill.side.sign * heard.fill.size


def _heard_since(state: "State", contract: str) -> list["HeardFill"]:
    """Return the fills heard of since a position was told."""
    size, told = state.size(contract), state.heard.get(contract, 0)
    return [one for one in state.just_filled.get(contract, ()) if one.at >= told and one.told == size]


def _taken_off(state: "State", contract: str) -> list["HeardFill"]:
    """Return the fills that made a position smaller, and that no reading was asked for after."""
    size = state.size(contract)
    return [heard for heard in state.just_filled.get(contract, ()) if heard.fill.side.sign * size < 0]
