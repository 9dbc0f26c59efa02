"""The first things the engine thread does, in the one right order, once there is a time to begin at."""

import logging

from engine.events import GuardStarted, LockRequested, RulesArmed
from engine.units import SECOND, Instant
from service.acts import Acts
from service.alarms import Alarms
from service.inbox import Letter
from service.loop import Loop
from service.start import Assembly
from service.store.found import Opened, mark_of
from service.store.store import StoreFailed

LOG = logging.getLogger("risk.beginning")

GAP = 10 * SECOND
"""So long without a guard is a gap that the trader's log names."""


class Beginning:
    """Called once: arms the rules, says since when nobody was guarding, locks what a lost store may have locked."""

    def __init__(self, loop: Loop, opened: Opened, assembly: Assembly, acts: Acts, alarms: Alarms) -> None:
        self._loop = loop
        self._opened = opened
        self._assembly = assembly
        self._acts = acts
        self._alarms = alarms

    def __call__(self, now: Instant) -> None:
        try:
            self._keep_rules(now)
        except StoreFailed as error:
            self._alarms.raise_("store_failed", f"{error}. The guard goes on from memory and tries again")
        for settings in self._assembly.settings.accounts:
            account, armed = settings.id, self._assembly.armed[settings.id]
            # First of all: from here on nothing is judged before the venue's own view is known.
            self._loop.handle(Letter("", GuardStarted(now, account, self._opened.last_seen)))
            self._loop.handle(Letter("", RulesArmed(now, account, armed.kept.digest)))
            self._tell_gap(settings.name, now)
        self._lock_what_is_lost(now)

    def _keep_rules(self, now: Instant) -> None:
        store = self._opened.store
        for account, armed in self._assembly.armed.items():
            if armed.kept.files:
                store.remember(f"rules:{account}", armed.kept.digest)
                store.keep_rules(armed.kept, now)
        store.note(now, "start", f"last seen {self._opened.last_seen}")

    def _tell_gap(self, name: str, now: Instant) -> None:
        since = self._opened.last_seen
        if since is not None and now - since > GAP:
            self._acts.gap(name, now, since)

    def _lock_what_is_lost(self, now: Instant) -> None:
        """Lock accounts whose stored locks cannot be known, until an admin looks. Unknown is never free."""
        damage, lost = self._opened.damage, self._assembly.lost
        for settings in self._assembly.settings.accounts:
            reason = damage or lost.get(settings.id)
            if reason:
                self._alarms.raise_(
                    f"damaged:{settings.name}",
                    f"account {settings.name} is locked until an admin unlocks it: {reason}",
                )
                by = "the guard, whose store was damaged"
                self._loop.handle(Letter("", LockRequested(now, settings.id, None, None, by)))
        if damage and not self._opened.store.waiting:
            mark_of(self._opened.store.path).unlink(missing_ok=True)
