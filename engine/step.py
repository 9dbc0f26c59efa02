"""One event in, the next state and what it leads to out. The same inputs always give the same answer."""

from collections.abc import Mapping

from engine.deadline import deadline, look_if_due
from engine.enforcement import Enforcement, OwnAct
from engine.events import Event
from engine.exposure import grows_old
from engine.judge import judge
from engine.lockbook import expire, ratchet
from engine.outcome import Outcome
from engine.peaks import note_peaks
from engine.reduce import reduce
from engine.resets import apply_resets
from engine.rest import enforce_unless_at_rest
from engine.rule import RuleSet, Topic
from engine.settling import note_settling
from engine.state import State
from engine.units import Instant
from engine.work import Work, changed_entries


def step(state: State, event: Event, rules: RuleSet) -> tuple[State, Outcome]:
    """Return the state after an event of this account, and what was decided.

    Time never goes back: an event stamped earlier than the last one happens now.
    """
    work = Work(state, event, rules)
    work.set(now=Instant(max(state.now, event.at)))
    work.changed.add(Topic.CLOCK)
    reduce(work)
    _note_ageing(work)
    apply_resets(work)
    note_settling(work)
    note_peaks(work)
    work.news = frozenset(work.changed)
    seen = frozenset(work.state.locks)
    judge(work)
    expire(work)
    _judge_again_after_unlock(work)
    _judge_what_reads_locks(work, seen)
    ratchet(work)
    enforce_unless_at_rest(work)
    look_if_due(work)
    return work.state, Outcome(
        decisions=tuple(work.decisions),
        locks=changed_entries(state.locks, work.state.locks),
        enforcements=_changed_records(state, work.state),
        commands=tuple(work.commands),
        deadline=deadline(work),
        shown=work.shown,
        executed=_executed(state, work.state),
    )


def _note_ageing(work: Work) -> None:
    """Have orders looked at that time alone made count: a young one is left out of what could still be filled."""
    before, now = work.before.now, work.state.now
    if any(grows_old(order, before, now) for order in work.state.orders.values()):
        work.changed.add(Topic.ORDERS)


def _changed_records(before: State, after: State) -> Mapping[str, Enforcement]:
    """Return the records that changed; one that is merely too old to be kept in the state is no change of it."""
    changed = changed_entries(before.enforcements, after.enforcements)
    return {name: record for name, record in changed.items() if record is not None}


def _executed(before: State, after: State) -> tuple[OwnAct, ...]:
    """Return our acts whose orders the venue showed in this step."""
    if before.own_acts is after.own_acts:
        return ()
    known = {act.order_id for act in before.own_acts}
    return tuple(act for act in after.own_acts if act.order_id is not None and act.order_id not in known)


def _judge_again_after_unlock(work: Work) -> None:
    """Set a lock that just ended again at once where its rule still holds on current facts (decision 5)."""
    if set(work.before.locks) - set(work.state.locks):
        work.new_fills = work.new_entries = work.new_trades = ()
        work.changed = set(Topic)
        judge(work)


PASSES = 2
"""How often rules that read locks are looked at again in one step. The first brings what they must know; a lock that
one of them sets then is seen in the second; rules that answer each other without end go on in the next step."""


def _judge_what_reads_locks(work: Work, seen: frozenset[str]) -> None:
    """Look again at rules that read locks, if other locks are in force than when they were looked at."""
    for _ in range(PASSES):
        locks = frozenset(work.state.locks)
        if locks == seen:
            return
        seen = locks
        work.new_fills = work.new_entries = work.new_trades = ()
        work.changed = {Topic.LOCKS}
        judge(work)
