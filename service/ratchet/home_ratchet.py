"""The ratchet of a home as a whole: accounts left out, another login or gateway and a shorter delay wait too."""

from collections.abc import Collection
from typing import Any

from dsl.ratchet.change import Change
from engine.units import Duration, Instant
from service.guarded import Guarded
from service.iso import iso
from service.ratchet import household
from service.ratchet.household import Household
from service.ratchet.member import way_of
from service.settings import AccountSettings, HomeSettings
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

    @property
    def in_force(self) -> Household:
        """What is in force and what waits, as one frozen value. From any thread."""
        return self._household

    def asks(self, settings: HomeSettings, due: Instant, guarded: Collection[int]) -> tuple[Change, ...]:
        """Return what the files change for the home as a whole, without changing it."""
        return household.asked(self._household, settings, due, guarded)[1]

    def is_known_way(self, settings: HomeSettings, account: AccountSettings) -> bool:
        """Say whether an account's login and gateway are those in force, or were asked for. From any thread."""
        written = way_of(settings, account.login)
        known = [one for one in self._household.members if one.id == account.id and one.way is not None]
        return all(written in (one.way, one.next_way) for one in known)

    def take(
        self, settings: HomeSettings, due: Instant, guarded: Collection[int]
    ) -> tuple[tuple[Change, ...], bool]:
        """Note what the files change for the home; return that, and whether it is new. On the engine thread."""
        before = self._household
        fresh, changes = household.asked(before, settings, due, guarded)
        self._keep(fresh)
        return changes, fresh != before

    def call_off(self, accounts: Collection[int]) -> dict[int, tuple[Change, ...]]:
        """Forget what waits for these accounts; return what that was, by account. On the engine thread."""
        gone = {number: household.to_come(self._household, number) for number in accounts}
        self._keep(household.called_off(self._household, accounts))
        return {number: tuple(change for change, _ in rows) for number, rows in gone.items() if rows}

    def shown(self, account: Guarded, now: Instant) -> dict[str, Any]:
        """Return for the status what waits beside rules: that the account is left out, or reached another way."""
        rows = household.to_come(self._household, account.id)
        return {
            "to_come": [
                {"text": change.text, "verdict": change.verdict.value, "due": iso(due)}
                for change, due in rows
            ]
        }

    def look(self, now: Instant) -> None:
        """Take a shorter delay over once its time has come. On the engine thread."""
        self._keep(household.due_by(self._household, now))

    def _keep(self, fresh: Household) -> None:
        if fresh != self._household:
            self._household = fresh
            household.remember(self._store, fresh)
