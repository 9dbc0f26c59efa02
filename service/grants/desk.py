"""The guard's side of grants: everything here runs on the engine thread and is stored before it takes effect."""

import hmac
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.events import Event, LockRequested
from engine.locks import EndKind, Lock, TradingState
from engine.scope import ScopeKind
from engine.units import MINUTE, Instant
from service.grants import codes
from service.grants.record import OPEN_FOR, Book, Challenge, Comeback, read, written
from service.guarded import Guarded
from service.iso import iso, iso_or_none
from service.store.store import Store

KEY = "grants"


class WrongCode(Exception):
    """The code opens nothing. The text says why, as far as the guard can tell."""


class GrantDesk:
    """Challenges asked for, codes redeemed, locks that come back."""

    def __init__(self, store: Store, secret: Path, accounts: Mapping[int, Guarded]) -> None:
        """`secret` is the file with what the partner shares with us."""
        self._store = store
        self._secret = secret
        self._accounts = accounts
        self.book: Book = read(store.recall(KEY))

    @property
    def is_set_up(self) -> bool:
        return self._secret.exists()

    def set_up(self, now: Instant) -> str:
        """Make a new secret and return it in letters; codes of the old one are void. Raises StoreFailed, OSError."""
        secret = codes.secret_text(codes.new_secret())
        fresh = self._secret.with_name(f"{self._secret.name}.part")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        self._store.note(now, "grant", '{"grant": "a new secret"}')
        fresh.replace(self._secret)
        self._keep(replace(self.book, asked=()), now, {"grant": "open challenges are void"})
        return secret

    def ask(self, account: Guarded, lock: Lock, minutes: int, now: Instant) -> Challenge:
        """Return a challenge for lifting this lock. Raises StoreFailed."""
        one = Challenge(codes.new_challenge(), account.id, account.name, lock.id, minutes, now)
        row = {"grant": "asked", "lock": lock.id, "minutes": minutes}
        self._keep(self.book.with_challenge(one), now, row, account.id)
        return one

    def wrong_or_challenge(self, given: str, now: Instant) -> Challenge:
        """Return the open challenge that a code answers. Raises WrongCode, after the wrong try was stored."""
        secret = codes.read_secret(self._secret.read_text(encoding="ascii"))
        for one in self.book.asked:
            if one.is_open(now) and _fits(secret, one, one.lock, given):
                return one
        failed = replace(self.book, failures=self.book.failures + 1, failed_at=int(now))
        self._keep(failed, now, {"grant": "wrong code"})
        raise WrongCode(self._why_not(secret, given))

    def spend(self, one: Challenge, lock: Lock, account: Guarded, now: Instant) -> Comeback | None:
        """Store that a challenge is answered and when the lock comes back, before it is lifted. Raises StoreFailed."""
        comeback = _comeback(one, lock, account, now)
        row = {"grant": "redeemed", "lock": one.lock, "minutes": one.minutes}
        self._keep(self.book.spent(one, comeback), now, row, account.id)
        return comeback

    def has_open(self, account: int) -> bool:
        """Say whether a lock of an account is lifted for a while and comes back."""
        return any(one.account == account for one in self.book.comebacks)

    def forget(self, account: int, now: Instant) -> None:
        """Let no lock of an account come back: the admin has lifted them all. Raises StoreFailed."""
        left = tuple(one for one in self.book.comebacks if one.account != account)
        if left != self.book.comebacks:
            self._keep(replace(self.book, comebacks=left), now, {"grant": "ended by an unlock"}, account)

    def bring_back(self, now: Instant, handle: Callable[[Event], object]) -> None:
        """Set the locks again whose time has come. The lock is there before the note of it goes."""
        due = [one for one in self.book.comebacks if one.at <= now]
        for one in due:
            if one.until is None or one.until > now:
                account = self._accounts.get(one.account)
                if account is None or account.halted:
                    continue  # it comes back when the account does
                handle(_request(one, now))
            left = tuple(other for other in self.book.comebacks if other != one)
            row = {"grant": "over", "lock": one.lock}
            self._keep(replace(self.book, comebacks=left), now, row, one.account)

    def shown(self, account: Guarded, now: Instant) -> dict[str, Any]:
        """Return for the status which locks are lifted for a while, and for which of them a code is awaited."""
        rows = [
            {
                "lock": one.lock,
                "rule": one.rule,
                "opened_at": iso(one.opened_at),
                "closes_at": iso(one.at),
                "locked_until": iso_or_none(one.until),
            }
            for one in self.book.comebacks
            if one.account == account.id
        ]
        asked = [
            {
                "lock": one.lock,
                "rule": account.state.locks[one.lock].rule,
                "challenge": codes.spelled(one.text),
                "minutes": one.minutes,
                "expires_at": iso(Instant(one.asked_at + OPEN_FOR)),
            }
            for one in self.book.asked
            if one.account == account.id and one.is_open(now) and one.lock in account.state.locks
        ]
        return {"grants": rows, "grants_asked": asked}

    def _why_not(self, secret: bytes, given: str) -> str:
        """Say what a wrong code is, where it was a right one once or elsewhere. It opens nothing in any case."""
        for one in self.book.used:
            if _fits(secret, one, one.lock, given):
                return f"this code was used already, for lock {one.lock}; each works once"
        for one in self.book.asked:
            if _fits(secret, one, one.lock, given):
                return f"this code is too old: challenge {codes.spelled(one.text)} was open for 15 minutes"
            for account in self._accounts.values():
                for lock in account.state.locks:
                    if hmac.compare_digest(
                        codes.code(secret, one.text, account.name, lock, one.minutes), given
                    ):
                        return f"this code is for lock {lock} of {account.name}, the challenge is for {one.lock} of {one.name}"
        return "this is not the code for any open challenge"

    def _keep(self, book: Book, now: Instant, row: dict[str, Any], account: int = 0) -> None:
        self._store.remember(KEY, written(book))
        self.book = book
        self._store.note(now, "grant", json.dumps(row), account)


def _fits(secret: bytes, one: Challenge, lock: str, given: str) -> bool:
    return hmac.compare_digest(codes.code(secret, one.text, one.name, lock, one.minutes), given)


def _comeback(one: Challenge, lock: Lock, account: Guarded, now: Instant) -> Comeback | None:
    """Return how a lock comes back, None when it would be over by then or is lifted for good.

    It comes back no weaker: where its end was a condition it lasts until the time that was foreseen, else to the next
    trading day; one contract becomes its symbol, one side becomes both.
    """
    again = Instant(now + one.minutes * MINUTE)
    until = lock.end.at
    if lock.end.kind is EndKind.CONDITION and until is None:
        until = account.rules.settings.calendar.trading_day.next_after(now)
    if lock.end.kind is EndKind.MANUAL:
        until = None
    if not one.minutes or (until is not None and until <= again):
        return None
    symbol = {ScopeKind.ACCOUNT: None, ScopeKind.SYMBOL: lock.scope.key}.get(
        lock.scope.kind, account.state.root(lock.scope.key)
    )
    return Comeback(account.id, lock.id, lock.rule, symbol, lock.state.value, now, again, until, lock.reason)


def _request(one: Comeback, now: Instant) -> LockRequested:
    until = None if one.until is None else Instant(one.until)
    reason = f"the granted time is over ({one.reason})"
    return LockRequested(now, one.account, one.symbol, until, "the guard", TradingState(one.state), reason)
