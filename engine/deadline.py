"""The next instant at which silence matters, and the reading of the venue that falls due."""

from engine.commands import ClosePosition, ReducePosition, TakeSnapshot
from engine.enforce import TOO_LONG
from engine.enforcement import InFlight, Progress
from engine.exposure import FILLING, is_early, is_filling
from engine.history_needed import fills_needed
from engine.judge import NEVER
from engine.locks import EndKind
from engine.reading_budget import paid_after, readable_from
from engine.reduce.flight import ANSWER_WAIT
from engine.reduce.quiet import SNAPSHOT, quiet_key
from engine.settling import settling_deadlines
from engine.sizes_told import (
    believed_from,
    disagreement_ends_at,
    doubt_ends_at,
    hearsay_ends_at,
    is_met_by_old_fill,
)
from engine.state import State
from engine.units import SECOND, Instant
from engine.work import Work

SPACING = 4 * SECOND
"""Second looks are not taken more often: reading costs three requests of a budget of 200 a minute."""


def look_if_due(work: Work) -> None:
    """Ask for the venue's own view where a look is due or a request has waited for too long."""
    now = work.state.now
    look, flights = _next_look(work.state), work.state.in_flight.values()
    dues = [_read_at(work.state, flight) for flight in flights] + _doubts(work)
    is_due = (look is not None and look <= now) or any(due <= now for due in dues)
    if not is_due or any(isinstance(one.command, TakeSnapshot) and one.deadline > now for one in flights):
        return
    quiet = work.state.quiet.get(SNAPSHOT)
    if (quiet is not None and quiet.until > now) or readable_from(work.state) > now:
        return
    command = TakeSnapshot(work.next_id("C"), "", fills_needed(work.state, work.rules, now))
    work.commands.append(command)
    work.put("in_flight", command.id, InFlight(command, now, Instant(now + ANSWER_WAIT)))
    left = tuple(look for look in work.state.looks if look > now)
    work.set(looks=left, readings_paid_at=paid_after(work.state))


def _doubts(work: Work) -> list[Instant]:
    """Return from when on a reading clears up what is held, where fills and positions tell different sizes."""
    state, apart = work.state, _apart(work.state)
    ends = [doubt_ends_at(state, contract) for contract in state.just_filled if contract in apart]
    ends += [read for read, _ in _hearsay(work)]
    looks = [disagreement_ends_at(state, contract) for contract in apart]
    return [end for end in ends if end is not None] + [
        _not_again(state, look) for look in looks if look is not None
    ]


def _apart(state: State) -> list[str]:
    """Return the contracts of which fills and positions tell different sizes, or the same by chance.

    It is looked at often, so it is written flat.
    """
    held, by_fills = state.positions, state.by_fills
    apart = [
        contract
        for contract in {*held, *by_fills}
        if by_fills.get(contract, 0) != (held[contract].size if contract in held else 0)
    ]
    return apart + [contract for contract in state.just_filled if is_met_by_old_fill(state, contract)]


def _hearsay(work: Work) -> list[tuple[Instant, Instant]]:
    """Return, for each size that waits to be reduced because only the stream tells it, when that ends."""
    apart = _apart(work.state)
    if not apart:
        return []
    waiting = {contract for record in work.open_records() for contract in record.targets}.intersection(apart)
    asked = {quiet_key(flight.command) for flight in work.state.in_flight.values()}
    ends = (hearsay_ends_at(work.state, contract) for contract in waiting - asked)
    return [end for end in ends if end is not None]


def _next_look(state: State) -> Instant | None:
    """Return when the first second look is due."""
    return _not_again(state, min(state.looks)) if state.looks else None


def _not_again(state: State, look: Instant) -> Instant:
    """Return when a second look is really due: many enforcements in a row share one."""
    return look if state.synced_at is None else Instant(max(look, state.synced_at + SPACING))


def _read_at(state: State, flight: InFlight) -> Instant:
    """Return when the venue is read about a request; one about a size does not wait for its turn the first time."""
    is_sized = isinstance(flight.command, ClosePosition | ReducePosition)
    # One that hangs without an answer is not settled by a view: reading on and on would eat the budget.
    is_first = state.synced_at is None or state.synced_at < flight.deadline
    return flight.deadline if is_sized and is_first else _not_again(state, flight.deadline)


def deadline(work: Work) -> Instant | None:
    """Return the earliest future instant at which something must be looked at again."""
    state = work.state
    moments: list[int] = [*state.resets.values(), *state.wakes.values()]
    if (look := _next_look(state)) is not None:
        moments += [look] if look > state.now else state.looks
    moments += [
        lock.end.at for lock in state.locks.values() if lock.end.kind is not EndKind.MANUAL and lock.end.at
    ]
    moments += [_read_at(state, flight) for flight in state.in_flight.values()]
    moments += [quiet.until for quiet in state.quiet.values()]
    moments.append(readable_from(state))
    moments += [
        record.detected_at + TOO_LONG for record in work.open_records() if record.progress is Progress.OPEN
    ]
    moments += [
        order.created_at + FILLING
        for order in state.orders.values()
        if is_filling(state, order) or is_early(state, order)
    ]
    moments += settling_deadlines(state)
    moments += _doubts(work)
    moments += [believed for _, believed in _hearsay(work)]
    reduced = {contract for record in work.open_records() for contract in record.targets}
    moments += [at for contract in reduced if (at := believed_from(state, contract)) is not None]
    later = [moment for moment in moments if state.now < moment < NEVER]
    return Instant(min(later)) if later else None
