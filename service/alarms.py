"""What is wrong with the guard itself, for the status, the log and whoever looks."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from engine.units import MINUTE, Instant
from service.store.memory_store import StoreLeftAlone

LOG = logging.getLogger("risk.alarm")

STORE_FAILED = "store_failed"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing people must look at. `code` names it for ever, `text` is one sentence with what to do."""

    code: str
    text: str
    since: Instant


class Alarms:
    """Raised and cleared from any thread; each change is one line in the log."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._active: dict[str, Alarm] = {}
        self._told_at: dict[str, Instant] = {}

    def raise_(self, code: str, text: str) -> None:
        """Make an alarm active; saying the same again is told once a minute."""
        with self._lock:
            now, old = self._now(), self._active.get(code)
            is_same = old is not None and old.text == text
            if is_same and now - self._told_at.get(code, now) < MINUTE:
                return
            self._told_at[code] = now
            self._active[code] = Alarm(code, text, old.since if old else now)
        LOG.error("%s: %s", code, text)

    def store_failed(self, error: Exception) -> None:
        """Say that the disk does not take what must be kept: the account is protected, but its memory is at risk."""
        advice = "until it is started again" if isinstance(error, StoreLeftAlone) else "and tries again"
        self.raise_(
            STORE_FAILED, f"{error}. The guard goes on from memory {advice}; free some space or mend the disk"
        )

    def clear(self, code: str) -> None:
        """End an alarm, if it is active."""
        with self._lock:
            old = self._active.pop(code, None)
        if old is not None:
            LOG.warning("%s is over", code)

    def has(self, code: str) -> bool:
        """Say whether an alarm is active."""
        return code in self._active

    def active(self) -> tuple[Alarm, ...]:
        """Return the active alarms, oldest first."""
        with self._lock:
            return tuple(sorted(self._active.values(), key=lambda alarm: (alarm.since, alarm.code)))
