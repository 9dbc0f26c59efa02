"""From targets to commands: records with their four times, one request at a time for each contract and order."""

from dataclasses import replace
from typing import Any

from engine.asking import ask
from engine.enforcement import Enforcement, Progress, Reason
from engine.exits import closed_lately, exits_left, exits_now
from engine.manage import manage_stops
from engine.modes import may_act
from engine.outcome import DecisionKind
from engine.reconcile import is_inside, is_size_inside, reconcile
from engine.reduce.flight import settle
from engine.reentries import space_out
from engine.sizes_told import is_shrinking
from engine.targets import Target, targets
from engine.units import SECOND, Instant
from engine.wishes import Wish
from engine.work import Work

LOOKS = (2 * SECOND, 30 * SECOND)
"""When the venue is read again after an enforcement was proven (decision 17)."""

TOO_LONG = 30 * SECOND
"""An enforcement that is not proven by then is shown as escalated; it goes on."""

KEPT = 200
"""How many finished enforcements stay in the state, for the screens."""


def enforce(work: Work) -> dict[str, Target]:
    """Ask for what is missing, and close the records of what the venue now shows; return what is wanted, if anything."""
    settle(work)
    if not work.state.is_confirmed or not may_act(work.state, work.rules):
        return {}  # nothing is asked for before the venue's own view is known, nor where we may only watch
    if not (work.state.positions or work.state.orders or work.open_records()):
        return {}  # flat, no orders and nothing under way: there is nothing that could be outside its target
    wanted = targets(work)
    for contract, target in sorted(wanted.items()):
        record = _open_record(work, contract)
        before = record or closed_lately(work.state, contract)
        steps = reconcile(work.state, target, exits_left(work.state, contract, before))
        if steps or not is_size_inside(work.state, target):
            record = _record(work, target, record, before)
            ask(work, record, steps)
    manage_stops(work, wanted)
    _close_records(work, wanted)
    return wanted


def _open_record(work: Work, contract: str) -> Enforcement | None:
    return next((record for record in work.open_records() if contract in record.targets), None)


def _record(
    work: Work, target: Target, record: Enforcement | None, before: Enforcement | None
) -> Enforcement:
    """Return the record for a contract that is outside its target, with these reasons in it.

    `before` is the record itself or the one whose leftovers it clears away.
    """
    size = work.state.size(target.contract)
    cap = target.cap(size)
    is_size = size != 0 and cap is not None and abs(size) > cap
    wishes = target.broken(size) if is_size else tuple(target.order_reasons.values())
    reasons: tuple[Wish | Reason, ...] = wishes or (before.reasons if before else ())
    if record is None:
        record = _of_this_step(work) or _new_record(work, reasons, target)
    wanted = cap if cap is not None else abs(size)
    exits = record.exits | exits_left(work.state, target.contract, before)
    if is_size:
        exits |= exits_now(work.state, target.contract)
    most = min(wanted, record.targets.get(target.contract, wanted))
    first = record.before.get(target.contract) or size
    changes: dict[str, Any] = {
        "reasons": _join(record.reasons, reasons),
        "targets": {**record.targets, target.contract: most},
        "before": {**record.before, target.contract: first},
        "exits": exits,
    }
    if all(getattr(record, name) == value for name, value in changes.items()):
        return record
    fresh = replace(record, **changes)
    work.put("enforcements", fresh.id, fresh)
    return fresh


def _join(old: tuple[Reason, ...], new: tuple[Wish | Reason, ...]) -> tuple[Reason, ...]:
    """Return all reasons once each; the words of the first mention stay. A rule and its own lock are one reason."""
    known = {reason.rule for reason in old}
    fresh: list[Reason] = []
    for reason in new:
        if reason.rule not in known:
            known.add(reason.rule)
            fresh.append(Reason(reason.rule, reason.tier, reason.text, reason.lock))
    return (*old, *fresh)


def _of_this_step(work: Work) -> Enforcement | None:
    """Return the record that this very step opened: several contracts, one flatten."""
    return next((each for each in work.open_records() if each.id not in work.before.enforcements), None)


def _new_record(work: Work, reasons: tuple[Wish | Reason, ...], target: Target) -> Enforcement:
    # Exposure under a lock that was there before is a re-entry, whatever else it breaks.
    lock = next((reason for reason in reasons if reason.lock in work.before.locks), None)
    record = Enforcement(work.next_id("E"), (), {}, {}, lock is not None, work.state.now)
    if lock is not None:
        said = reasons[0] if reasons[0].rule == lock.rule else lock
        work.decide(
            DecisionKind.REENTRY,
            said.rule,
            lock=said.lock,
            subject=target.contract,
            message=said.text,
        )
    return record


def _close_records(work: Work, wanted: dict[str, Target]) -> None:
    for record in work.open_records():
        if not record.targets or all(
            _is_proven(work, record, contract, wanted) for contract in record.targets
        ):
            now = work.state.now
            done = replace(record, progress=Progress.PROVEN, proven_at=now)
            work.put("enforcements", record.id, done)
            space_out(work, done)
            work.set(looks=(*work.state.looks, *(Instant(now + later) for later in LOOKS)))
            _forget_old(work)
        elif record.progress is Progress.OPEN and record.detected_at + TOO_LONG <= work.state.now:
            work.put("enforcements", record.id, replace(record, progress=Progress.ESCALATED))


def _is_proven(work: Work, record: Enforcement, contract: str, wanted: dict[str, Target]) -> bool:
    in_flight = any(flight.command.enforcement == record.id for flight in work.state.in_flight.values())
    target = wanted.get(contract, Target(contract))
    if in_flight or is_shrinking(work.state, contract):
        return False  # what a fill has left may still be on its way, and with it exits that are too large
    return is_inside(work.state, target, exits_left(work.state, contract, record))


def _forget_old(work: Work) -> None:
    over = [record.id for record in work.state.enforcements.values() if record.is_over]
    for record_id in over[:-KEPT]:
        work.put("enforcements", record_id, None)
