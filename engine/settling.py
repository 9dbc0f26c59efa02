"""The moments after a fill in which the venue's messages do not yet fit together.

A fill, the position and the account row come one after the other. In between, a result would count twice or not at
all: realized already, and still open; or neither in the balance nor in a position. Rules that add such things up wait
until the messages agree. Rules about sizes alone, or about fills alone, never wait.
"""

from engine.events import AccountSeen, FillSeen, PositionSeen, SnapshotTaken
from engine.rule import Rule, Topic
from engine.sizes_told import doubt_ends_at, size_by_fills
from engine.state import State
from engine.units import SECOND, Instant
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
            work.set(settling_since=None, is_row_due=False)
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
    match work.event:
        case FillSeen() if Topic.FILLS in work.changed:
            _unsettled(work)
        case PositionSeen() if Topic.POSITIONS in work.changed:
            _unsettled(work)
        case AccountSeen():
            work.set(is_row_due=False)
        case SnapshotTaken(asked_at=asked_at) if not work.before.is_overtaken(asked_at):
            since = work.state.settling_since if work.state.just_filled else None
            work.set(settling_since=since, is_row_due=False)
        case SnapshotTaken() if Topic.FILLS in work.changed:
            _unsettled(work)
        case _:
            pass


def _unsettled(work: Work) -> None:
    if work.state.settling_since is None:
        work.set(settling_since=work.state.now)
    work.set(is_row_due=True)


def _agrees(state: State) -> bool:
    """Say whether fills and positions tell the same sizes, and the account row came after them."""
    contracts = {*state.by_fills, *state.positions}
    same = all(size_by_fills(state, contract) == state.size(contract) for contract in contracts)
    return same and not state.is_row_due
