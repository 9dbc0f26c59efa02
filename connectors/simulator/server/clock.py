"""The venue's clock: it starts at a given instant and then runs with real time, faster, slower, or set ahead."""

import time

from connectors.simulator.core.instants import SECOND, Instant


class Clock:
    """`speed` is venue seconds per real second. `skew` falsifies only what the `Date` header says."""

    def __init__(self, start: Instant, speed: float = 1.0) -> None:
        self._base = start
        self._since = time.monotonic()
        self._speed = speed
        self.skew: Instant = 0

    @property
    def speed(self) -> float:
        """Venue seconds per real second."""
        return self._speed

    def now(self) -> Instant:
        """Return the present instant of the venue."""
        return self._base + int((time.monotonic() - self._since) * self._speed * SECOND)

    def set_to(self, at: Instant) -> None:
        """Go on from `at`, which must not lie in the past. Raises ValueError if it does."""
        if at < self.now():
            raise ValueError("the venue's clock never goes back")
        self._base, self._since = at, time.monotonic()

    def set_speed(self, speed: float) -> None:
        """Go on from now with another speed."""
        self._base, self._since = self.now(), time.monotonic()
        self._speed = speed

    def real_seconds_until(self, at: Instant) -> float:
        """Return how long to wait, in real seconds, until the venue's clock shows `at`."""
        return max(0.0, (at - self.now()) / SECOND / self._speed)
