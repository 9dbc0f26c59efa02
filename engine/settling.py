"""The moments after a fill in which the venue's messages do not yet fit together.

A fill, the position and the account row come one after the other, in any order. In between, a result would count twice
or not at all: realized already, and still open; or neither in the balance nor in a position. Rules that add such things
up wait until the messages agree: fills and position about the size, fills and row about the result, whose costs the row
may show at once or later. Rules about sizes alone, or about fills alone, never wait.
"""

from engine.events import FillSeen, PositionSeen, SnapshotTaken
from engine.rule import Rule, Topic
from engine.sizes_told import doubt_ends_at, shown_by, size_by_fills
from engine.state import State
from engine.units import SECOND, Instant, Money
from engine.work import Work

LOOK_AFTER = SECOND
"""The messages of one fill come within about 30 ms (`gateway-api.md` 7.4); after this the account is read."""

GIVE_UP_AFTER = 4 * SECOND
"""Then what is known is taken as it is: waiting any longer would be blindness."""


def note_settling(work: Work) -> None:
    """Note whether the messages fit together; when they do again, everything is looked at."""
    was_settling = work.state.settling_since is not None
    _hear(work)
    _forget_shown(work)
    since = work.state.settling_since
    if since is not None:
        if _agrees(work.state) or work.state.now >= since + GIVE_UP_AFTER:
            if not _agrees(work.state):
                _fits(work)
            work.set(settling_since=None)
        elif work.before.now < since + LOOK_AFTER <= work.state.now:
            work.set(looks=(*work.state.looks, work.state.now))
    if was_settling and work.state.settling_since is None:
        work.changed.update(Topic)


def _forget_shown(work: Work) -> None:
    """Forget the fills that are long ago, where they do not contradict the position."""
    for contract, fills in list(work.state.just_filled.items()):
        if fills[-1].at + GIVE_UP_AFTER <= work.state.now and doubt_ends_at(work.state, contract) is None:
            work.put("just_filled", contract, None)


def must_wait(state: State, rule: Rule) -> bool:
    """Say whether a rule adds up what does not fit together right now."""
    if state.settling_since is None:
        return False
    return Topic.QUOTES in rule.reads and not rule.reads.isdisjoint({Topic.FILLS, Topic.ACCOUNT})


def settling_deadlines(state: State) -> list[Instant]:
    """Return when a wait turns into a reading, and when it ends in any case."""
    since = state.settling_since
    return [] if since is None else [Instant(since + LOOK_AFTER), Instant(since + GIVE_UP_AFTER)]


def _hear(work: Work) -> None:
    moved = _row_moved(work)
    if moved:
        work.set(row_gap=Money(work.state.row_gap + moved))
    match work.event:
        case SnapshotTaken(asked_at=asked_at) if not _may_lack_fills(work, asked_at):
            _read(work, asked_at)
        case FillSeen() | SnapshotTaken() if Topic.FILLS in work.changed:
            _unsettled(work)
        case PositionSeen() if Topic.POSITIONS in work.changed:
            _unsettled(work)
        case _ if moved:
            _unsettled(work)
        case _:
            return
    state = work.state
    if state.row_gap == 0:
        _fits(work)
    else:
        work.set(is_row_due=abs(state.row_gap) > state.row_costs)


def _read(work: Work, asked_at: Instant) -> None:
    """Take a reading as the last word, unless it may be older than one that is here."""
    if not work.before.is_overtaken(asked_at):
        work.set(settling_since=work.state.settling_since if work.state.just_filled else None)
        _fits(work)
    elif Topic.FILLS in work.changed:
        _unsettled(work)


def _row_moved(work: Work) -> int:
    """Return by how much this event has moved the balance in the account's row, signed."""
    before, after = work.before.status, work.state.status
    return after.balance - before.balance if before is not None and after is not None else 0


def _fits(work: Work) -> None:
    """Take the account's row as one that shows every fill that was heard of, and nothing else."""
    work.set(is_row_due=False, row_gap=Money(0), row_costs=Money(0))


def _may_lack_fills(work: Work, asked_at: Instant) -> bool:
    """Say whether the account's row in a reading may be from before a fill: the row is read first, and may lag."""
    state = work.state
    if abs(state.row_gap) <= state.row_costs:
        return False
    return any(shown_by(heard) > asked_at for fills in state.just_filled.values() for heard in fills)


def _unsettled(work: Work) -> None:
    if work.state.settling_since is None:
        work.set(settling_since=work.state.now)


def _agrees(state: State) -> bool:
    """Say whether fills and positions tell the same sizes, and fills and the account's row the same result."""
    contracts = {*state.by_fills, *state.positions}
    same = all(size_by_fills(state, contract) == state.size(contract) for contract in contracts)
    return (
        same and not state.is_row_due and not any(_is_there_and_back(state, name) for name in state.positions)
    )


def _is_there_and_back(state: State, contract: str) -> bool:
    """Say whether fills since a position was told led away from its size and back to it: its average price is another.

    So it is where a rule takes off at once what was added to a loser; a part of the open loss is realized then.
    """
    size, told = state.size(contract), state.heard.get(contract, 0)
    since = [one for one in state.just_filled.get(contract, ()) if one.at >= told and one.told == size]
    return len({one.fill.side for one in since}) > 1
