"""The admin's password: kept as an argon2id hash, wrong tries counted and slowed down, across restarts.

The waiting runs on the clock since boot, which carries trusted time and which nobody can set. A reboot begins the
wait anew, at most five minutes; there is no final lock-out, so nobody can lock the admin out.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from service.clock import boot_clock

SHORTEST = 12
LONGEST_WAIT = 300
"""Seconds. Wrong tries wait 1, 2, 4 … of them (`service-security-notes.md` 6)."""


class PasswordRefused(Exception):
    """The new password cannot be used, or there is none to check against. The text says what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether the password was right. `wait` is how many seconds to wait before the next try, 0 when it was.

    `was_looked_at`: False for a try before its time, which says nothing about the password.
    """

    is_right: bool
    wait: float = 0.0
    was_looked_at: bool = True


@dataclass(frozen=True, slots=True)
class _Record:
    hash: str
    failures: int = 0
    boot: str = ""
    failed_at: int = 0


class AdminPassword:
    """The password of one home, in the file `data/password`."""

    def __init__(
        self,
        path: Path,
        *,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], int] | None = None,
        boot: Callable[[], str] | None = None,
    ) -> None:
        """`clock` gives microseconds since boot, `boot` names the boot; tests bring their own."""
        self._path = path
        self._hasher = hasher or PasswordHasher()
        self._clock = clock or boot_clock()
        self._boot = boot or boot_name
        self._alone = threading.Lock()  # two tries at once would lose one, or a new password

    @property
    def exists(self) -> bool:
        return self._path.exists()

    def set(self, password: str) -> None:
        """Take a new password. The caller has checked the old one. Raises PasswordRefused."""
        self.adopt(self.hash_of(password))

    def hash_of(self, password: str) -> str:
        """Return the hash of a password that is strong enough. Raises PasswordRefused."""
        if len(password) < SHORTEST:
            raise PasswordRefused(
                f"the password needs at least {SHORTEST} characters; this one has {len(password)}"
            )
        if len(set(password)) < 4:
            raise PasswordRefused(
                "the password repeats a few characters only; use a sentence that you can remember"
            )
        return self._hasher.hash(password)

    def adopt(self, hashed: str) -> None:
        """Take the password of this hash; wrong tries of the one before are forgotten."""
        with self._alone:
            self._save(_Record(hashed))

    def check(self, password: str) -> Checked:
        """Compare. A try before its time is not looked at, and does not count. Raises PasswordRefused."""
        with self._alone:
            return self._checked(password)

    def _checked(self, password: str) -> Checked:
        record = self._load()
        left = self._left(record)
        if left > 0:
            return Checked(is_right=False, wait=left, was_looked_at=False)
        try:
            self._hasher.verify(record.hash, password)
        except VerifyMismatchError:
            failed = replace(record, failures=record.failures + 1, boot=self._boot(), failed_at=self._clock())
            self._save(failed)
            return Checked(is_right=False, wait=self._left(failed))
        except (VerificationError, InvalidHashError) as error:
            raise PasswordRefused(
                f"{self._path} is damaged; an administrator must set a new password"
            ) from error
        is_old = self._hasher.check_needs_rehash(record.hash)
        self._save(_Record(self._hasher.hash(password) if is_old else record.hash))
        return Checked(is_right=True)

    def _left(self, record: _Record) -> float:
        """Return the seconds still to wait."""
        if not record.failures:
            return 0.0
        wait = min(1 << min(record.failures - 1, 20), LONGEST_WAIT)
        if record.boot != self._boot():  # nobody knows how long the machine was off: the wait begins now
            record = replace(record, boot=self._boot(), failed_at=self._clock())
            self._save(record)
        return max(wait - (self._clock() - record.failed_at) / 1_000_000, 0.0)

    def _load(self) -> _Record:
        try:
            return _Record(**json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise PasswordRefused(
                "there is no admin password yet: set one with `risk admin password`"
            ) from None
        except (OSError, ValueError, TypeError) as error:
            raise PasswordRefused(
                f"{self._path} cannot be read; an administrator must set a new password"
            ) from error

    def _save(self, record: _Record) -> None:
        """Replace the file as a whole, readable by its owner alone from its first byte on."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.name}.part")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(record), file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def boot_name() -> str:
    """Return what tells this boot from others; where the system has no name for it, every process is one of its own."""
    if sys.platform == "linux":
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"process {os.getpid()}"
