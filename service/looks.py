"""What the engine thread looks at between events, every few seconds, beside its own work."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.events import LockRequested
from engine.units import Instant
from service.acts import Acts
from service.alarms import Alarms
from service.anchors import Anchors
from service.clock_watch import ClockWatch, GapWatch, SleepWatch
from service.ground import Ground
from service.guarded import Guarded
from service.inbox import Inbox
from service.pressure import Pressure
from service.proving import Proving


def looks_of(
    ground: Ground,
    accounts: Mapping[int, Guarded],
    inbox: Inbox,
    acts: Acts,
    anchors: Anchors,
    read_anew: Callable[[], None],
) -> tuple[Callable[[], None], ...]:
    """Return all looks; `read_anew` reads every account once more."""
    clock, store, alarms, opened = ground.clock, ground.opened.store, ground.alarms, ground.opened
    gap = GapWatch(
        clock, store, opened.last_seen, partial(_tell_gap, acts, accounts), was_stopped=opened.was_stopped
    )
    proving = Proving(store, alarms, partial(_lock_all, inbox, accounts))
    return (
        Pressure(inbox, alarms, read_anew).look,
        ClockWatch(clock, store).look,
        SleepWatch(clock, store, read_anew).look,
        gap.look,
        lambda: anchors.look(clock.now()),
        lambda: proving.look(clock.now()),
        lambda: _tell_what_waits(acts, alarms),
    )


def _lock_all(inbox: Inbox, accounts: Mapping[int, Guarded], now: Instant, why: str) -> None:
    """Lock every account until an admin looks: what the store says of locks cannot be relied on."""
    for account in accounts.values():
        inbox.put(LockRequested(now, account.id, None, None, f"the guard, whose store was changed: {why}"))


def _tell_gap(acts: Acts, accounts: Mapping[int, Guarded], until: Instant, since: Instant) -> None:
    for account in accounts.values():
        acts.gap(account.name, until, since)


def _tell_what_waits(acts: Acts, alarms: Alarms) -> None:
    """Say whether lines of the trader's log wait in memory for room on the disk."""
    if acts.catch_up():
        alarms.clear("log_failed")
    else:
        alarms.raise_(
            "log_failed", "the trader's log cannot be written; its lines wait in memory, free some space"
        )
