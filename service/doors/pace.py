"""How often a door does something: enough for any person, too seldom to fill a disk or to keep the guard busy."""

import threading
from collections.abc import Callable
from time import monotonic


class Pace:
    """So many requests at once, and as many more in each minute."""

    def __init__(self, per_minute: int, seconds: Callable[[], float] = monotonic) -> None:
        self._per_minute = per_minute
        self._seconds = seconds
        self._lock = threading.Lock()
        self._left = float(per_minute)
        self._at = seconds()

    def take(self) -> bool:
        """Say whether one more may be done now."""
        with self._lock:
            now = self._seconds()
            self._left = min(self._left + (now - self._at) * self._per_minute / 60, float(self._per_minute))
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
