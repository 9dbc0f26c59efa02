"""The ways back for an admin who has lost the password: a code that works at once, and a wait of a day.

The code has 128 random bits, was shown once and is kept as a hash. The wait is 24 hours of trusted time, in which
everybody can read that it runs, and whoever knows the password can end it.
"""

import hashlib
import hmac
import json
import os
from pathlib import Path

from engine.units import HOUR, Duration, Instant
from service.alarms import Alarms
from service.clock import TrustedClock
from service.grants import codes
from service.iso import iso
from service.password import AdminPassword
from service.store.store import Store

KEY = "password_reset"
WAIT = Duration(24 * HOUR)
ALARM = "password_reset"


class RecoveryCode:
    """The one code of a home, in the file `data/recovery`; it holds a hash."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def exists(self) -> bool:
        return self._path.exists()

    def make(self) -> str:
        """Return a fresh code; the one before it opens nothing any more. Raises OSError."""
        code = codes.secret_text(codes.new_secret())
        fresh = self._path.with_name(f"{self._path.name}.part")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(_hash(codes.read_secret(code)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        return code

    def is_right(self, typed: str) -> bool:
        """Say whether this is the code. It is no password: nobody guesses 128 bits, so nobody has to wait."""
        try:
            given = _hash(codes.read_secret(typed))
            kept = self._path.read_text(encoding="ascii").strip()
        except (codes.Unreadable, OSError, UnicodeDecodeError):
            return False
        return hmac.compare_digest(given, kept)

    def use_up(self) -> None:
        """Let it open nothing any more. Raises OSError."""
        self._path.unlink()


class PasswordReset:
    """A new password that waits for its day. On the engine thread; kept in the store, so a restart changes nothing."""

    def __init__(self, store: Store, password: AdminPassword, clock: TrustedClock, alarms: Alarms) -> None:
        self._store = store
        self._password = password
        self._clock = clock
        self._alarms = alarms
        kept = json.loads(store.recall(KEY) or "{}")
        self._hash: str = kept.get("hash", "")
        self.due: Instant | None = Instant(kept["due"]) if self._hash else None
        self._tell()

    def ask(self, hashed: str, now: Instant) -> Instant:
        """Begin to wait, or begin anew; return when it takes effect. Raises StoreFailed."""
        self._hash, self.due = hashed, Instant(now + WAIT)
        self._keep(now, f"a new password was asked for, due {iso(self.due)}")
        return self.due

    def cancel(self, now: Instant) -> bool:
        """End the wait; say whether there was one. Raises StoreFailed."""
        was_waiting = self.due is not None
        self._hash, self.due = "", None
        if was_waiting:
            self._keep(now, "the new password was called off")
        return was_waiting

    def look(self) -> None:
        """Take the new password when its day has come by the venue's clock. Raises StoreFailed."""
        reading = self._clock.read()
        if self.due is None or not reading.is_confirmed or reading.now < self.due:
            return
        self._password.adopt(self._hash)
        self._hash, self.due = "", None
        self._keep(reading.now, "the new password is in force")

    def _keep(self, now: Instant, text: str) -> None:
        kept = {"hash": self._hash, "due": self.due} if self.due is not None else {}
        self._store.remember(KEY, json.dumps(kept))
        self._tell()
        self._store.note(now, "password", text)

    def _tell(self) -> None:
        if self.due is None:
            self._alarms.clear(ALARM)
            return
        self._alarms.raise_(
            ALARM,
            f"a new admin password was asked for and takes effect at {iso(self.due)}; whoever knows the present one "
            "calls it off with `risk admin password cancel`",
        )


def _hash(code: bytes) -> str:
    return hashlib.sha256(b"risk recovery code 1\n" + code).hexdigest()
