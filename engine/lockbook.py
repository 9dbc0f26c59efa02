"""Setting, extending, tightening and ending locks. Nothing here can shorten one."""

from dataclasses import replace

from engine.evaluation import facts_for
from engine.exposure import contracts_touched
from engine.locks import EndKind, Lock, LockEnd, LockKind, TradingState
from engine.outcome import DecisionKind
from engine.rule import Topic
from engine.scope import Scope, covers
from engine.sizes_told import is_unsettled, larger_known
from engine.sources import latch_of, subject_of
from engine.state import State
from engine.venue import Side
from engine.work import Work

UNKNOWN = "?"
"""The condition, and the tier name, of a lock for an unknown answer. It ends when the facts are known."""

STRICTNESS = [TradingState.OPEN, TradingState.NO_INCREASE, TradingState.FLAT_ONLY]


def set_lock(
    work: Work,
    *,
    scope: Scope,
    kind: LockKind,
    state: TradingState,
    end: LockEnd,
    source: str,
    rule: str,
    reason: str,
    side: Side | None = None,
    condition: str = "",
    by: str = "rule",
    is_by_entry: bool = False,
) -> Lock:
    """Set a lock, or extend the one that the same source already set; return the lock in force.

    `is_by_entry`: an entry brought it about, and may stay. What else brings it about, a loss, comes before the other
    half of a flip, whether the venue tells of the two halves as one trade or as two.
    """
    same = (
        lock
        for lock in work.state.locks.values()
        if (lock.source, lock.scope, lock.side) == (source, scope, side)
    )
    old = next(same, None)
    if old is not None:
        return _tighten(work, old, state, end)
    held = {*contracts_touched(work.state), *work.state.book.episodes}
    caps = {
        contract: larger_known(work.state, contract, is_turned=is_by_entry)
        for contract in sorted(held)
        if covers(scope, contract, work.state.root(contract))
    }
    lock = Lock(
        id=work.next_id("L"),
        scope=scope,
        kind=kind,
        state=state,
        set_at=work.state.now,
        end=end,
        source=source,
        rule=rule,
        reason=reason,
        side=side,
        caps=caps,
        condition=condition,
        by=by,
        digest=work.rules.digest,
    )
    work.put("locks", lock.id, lock)
    work.changed.add(Topic.LOCKS)
    work.decide(DecisionKind.LOCK, rule, lock=lock.id, until=end.at, message=reason, subject=str(scope))
    return lock


def lift(work: Work, lock_id: str, why: str) -> None:
    """End a lock and say why; not while nobody could read afterwards that it ended."""
    lock = work.state.locks.get(lock_id)
    if lock is not None and not work.state.is_store_failing:
        work.put("locks", lock_id, None)
        work.changed.add(Topic.LOCKS)
        work.decide(DecisionKind.UNLOCK, lock.rule, lock=lock_id, subject=str(lock.scope), message=why)


def expire(work: Work) -> None:
    """End the locks whose time or condition has come; a flat-only lock also waits until flat is confirmed."""
    for lock in list(work.state.locks.values()):
        if _is_over(work, lock) and _may_end(work.state, lock):
            lift(work, lock.id, lock.end.text if lock.condition == UNKNOWN else "its end has come")


def ratchet(work: Work) -> None:
    """Remember the smallest size seen in each contract since each lock began."""
    for lock in list(work.state.locks.values()):
        if lock.state is TradingState.FLAT_ONLY or not lock.caps:
            continue
        caps = {
            contract: cap if is_unsettled(work.state, contract) else _smaller(cap, work.state.size(contract))
            for contract, cap in lock.caps.items()
            if cap != 0
        }
        if caps != lock.caps:
            work.put("locks", lock.id, replace(lock, caps=caps))


def _smaller(cap: int, size: int) -> int:
    """Return the smaller of two signed sizes; a change of side went through flat."""
    if cap * size <= 0:
        return 0
    return size if abs(size) < abs(cap) else cap


def _tighten(work: Work, old: Lock, state: TradingState, end: LockEnd) -> Lock:
    stricter = max(old.state, state, key=STRICTNESS.index)
    later = _later(old.end, end)
    new = replace(old, state=stricter, end=later)
    if new != old:
        work.put("locks", old.id, new)
    if later != old.end:
        work.decide(
            DecisionKind.LOCK_EXTENDED,
            old.rule,
            lock=old.id,
            until=later.at,
            message=old.reason,
            subject=str(old.scope),
        )
    return new


def _later(old: LockEnd, new: LockEnd) -> LockEnd:
    """Return the later end; `manual` is last, a condition ends no sooner than it did."""
    if EndKind.MANUAL in (old.kind, new.kind):
        return old if old.kind is EndKind.MANUAL else new
    if old.kind is EndKind.INSTANT and new.kind is EndKind.INSTANT:
        return max(old, new, key=lambda end: end.at or 0)
    return old


def _is_over(work: Work, lock: Lock) -> bool:
    match lock.end.kind:
        case EndKind.INSTANT:
            return lock.end.at is not None and lock.end.at <= work.state.now
        case EndKind.CONDITION:
            return _condition_holds(work, lock)
        case EndKind.MANUAL:
            return False


def _condition_holds(work: Work, lock: Lock) -> bool:
    """Ask the rule's `until:`. Nothing releases (decision 6): a rule that is gone, an unknown answer, stored values."""
    if not work.state.is_confirmed:
        return False
    rule = work.rule(lock.rule)
    if lock.condition == UNKNOWN:
        return rule is not None and not _is_unknown(work.state, lock)
    until = rule.untils.get(lock.condition) if rule else None
    if rule is None or until is None:
        return False
    facts = facts_for(work.state, work.rules, rule, subject_of(lock))
    due = rule.until_wakes.get(lock.condition)
    holds = until(facts) is True
    if not holds and due is not None and (at := due(facts)) != lock.end.at:
        work.put("locks", lock.id, replace(lock, end=replace(lock.end, at=at)))
    return holds


def _is_unknown(state: State, lock: Lock) -> bool:
    """Say whether any tier of the rule still has no answer about what the lock is for."""
    _, _, subject = lock.source.split("/", 2)
    return any(
        latch.unknown_since is not None and latch_of(key) == (lock.rule, subject)
        for key, latch in state.latches.items()
    )


def _may_end(state: State, lock: Lock) -> bool:
    if lock.state is not TradingState.FLAT_ONLY:
        return True
    return state.is_confirmed and not any(
        covers(lock.scope, contract, state.root(contract)) for contract in {*state.positions, *state.by_fills}
    )
