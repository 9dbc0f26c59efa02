"""The first things the engine thread does, in the one right order, once there is a time to begin at."""

import json
import logging
import sqlite3

from engine.events import GuardStarted, LockRequested, RulesArmed
from engine.units import Instant
from service.alarms import Alarms
from service.inbox import Letter
from service.loop import Loop
from service.settings_trail import note_changes
from service.start import Assembly
from service.store.found import Opened, mark_of
from service.store.rows import LAST_SEEN
from service.store.store import StoreFailed
from service.version import version

LOG = logging.getLogger("risk.beginning")


class Beginning:
    """Called once: says who was guarding until when, arms the rules, locks what a lost store may have locked."""

    def __init__(self, loop: Loop, opened: Opened, assembly: Assembly, alarms: Alarms) -> None:
        self._loop = loop
        self._opened = opened
        self._assembly = assembly
        self._alarms = alarms

    def __call__(self, now: Instant) -> None:
        try:
            self._keep_rules(now)
        except (
            StoreFailed,
            sqlite3.Error,
        ) as error:  # the second: a disk that does not give back what is on it
            self._alarms.store_failed(error)
        for settings in self._assembly.settings.accounts:
            account, armed = settings.id, self._assembly.armed[settings.id]
            # First of all: from here on nothing is judged before the venue's own view is known.
            self._loop.handle(Letter("", GuardStarted(now, account, self._opened.last_seen)))
            self._loop.handle(Letter("", RulesArmed(now, account, armed.kept.digest)))
        self._lock_what_is_lost(now)

    def _keep_rules(self, now: Instant) -> None:
        store = self._opened.store
        note_changes(store, self._assembly.settings, now)
        for account, armed in self._assembly.armed.items():
            if armed.kept.files:
                store.remember(f"rules:{account}", armed.kept.digest)
                store.keep_rules(armed.kept, now)
        store.remember(LAST_SEEN, str(now))
        store.jot(now, "start", json.dumps({"version": version()}))
        store.flush()

    def _lock_what_is_lost(self, now: Instant) -> None:
        """Lock accounts whose stored locks cannot be known, until an admin looks. Unknown is never free."""
        damage, lost = self._opened.damage, self._assembly.lost
        for finding in self._opened.findings:
            self._opened.store.jot(now, "damage", finding)
        for settings in self._assembly.settings.accounts:
            reason = damage or lost.get(settings.id)
            if reason:
                self._alarms.raise_(
                    f"damaged:{settings.name}",
                    f"account {settings.name} is locked until an admin unlocks it: {reason}",
                )
                by = "the guard, whose store was damaged"
                self._loop.handle(Letter("", LockRequested(now, settings.id, None, None, by)))
        if damage and not self._opened.store.waiting and not self._opened.store.is_failing:
            mark_of(self._opened.store.path).unlink(missing_ok=True)
