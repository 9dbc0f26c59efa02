"""Locks that people ask for, and those an admin lifts."""

from engine.events import LockLifted, LockRequested
from engine.lockbook import lift, set_lock
from engine.locks import EndKind, LockEnd, LockKind, is_promise
from engine.scope import ACCOUNT, of_symbol
from engine.work import Work


def lock_requested(work: Work, event: LockRequested) -> None:
    """Set a voluntary lock: no new exposure, and unless it says otherwise what is open may be left."""
    scope = ACCOUNT if event.symbol is None else of_symbol(event.symbol)
    end = LockEnd(EndKind.MANUAL) if event.until is None else LockEnd(EndKind.INSTANT, event.until)
    set_lock(
        work,
        scope=scope,
        kind=LockKind.VOLUNTARY,
        state=event.state,
        end=end,
        source=f"person/{event.by}/{scope}",
        rule="voluntary",
        reason=event.reason or f"asked by {event.by}",
        by=event.by,
    )


def lock_lifted(work: Work, event: LockLifted) -> None:
    """End one lock now, unless it is a promise."""
    lock = work.state.locks.get(event.lock)
    if lock is not None and not is_promise(lock):
        lift(work, event.lock, f"lifted by {event.by}")
