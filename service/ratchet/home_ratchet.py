"""The ratchet of a home as a whole: accounts left out and a shorter delay wait too."""

from collections.abc import Collection

from dsl.ratchet.change import Change
from engine.units import Duration, Instant
from service.ratchet import household
from service.ratchet.household import Household
from service.settings import HomeSettings
from service.store.store import Store


class HomeRatchet:
    """`delay` is how long something looser waits at least."""

    def __init__(self, store: Store, household: Household) -> None:
        """Take up what is in force."""
        self._store = store
        self._household = household

    @property
    def delay(self) -> Duration:
        return self._household.delay

    def asks(self, settings: HomeSettings, due: Instant, guarded: Collection[int]) -> tuple[Change, ...]:
        """Return what the files change for the home as a whole, without changing it."""
        return household.asked(self._household, settings, due, guarded)[1]

    def take(self, settings: HomeSettings, due: Instant, guarded: Collection[int]) -> tuple[Change, ...]:
        """Note who is to be left out, and another delay; return what that changes. On the engine thread."""
        self._household, changes = household.asked(self._household, settings, due, guarded)
        household.remember(self._store, self._household)
        return changes

    def look(self, now: Instant) -> None:
        """Take a shorter delay over once its time has come. On the engine thread."""
        due = household.due_by(self._household, now)
        if due != self._household:
            self._household = due
            household.remember(self._store, due)
