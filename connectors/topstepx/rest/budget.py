"""How many requests the venue allows, with a share that only enforcement may use."""

import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from threading import Lock

from connectors.failures import RateLimited


class Use(Enum):
    """What a request is for, which decides how much of the allowance it may use."""

    ENFORCEMENT = "enforcement"  # all of it
    BACKGROUND = "background"  # half of it, and never the last quarter


class Budget:
    """A sliding window of requests over both uses; venue: 200 in 60 s for all but bars, login included."""

    def __init__(
        self,
        most: int,
        background: int,
        window: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._background = background
        self._window = window
        self._clock = clock
        self._lock = Lock()
        self._taken: deque[tuple[float, Use]] = deque()
        self._rest_until = 0.0

    def take(self, use: Use) -> None:
        """Count one request that is about to be sent. Raises RateLimited when it must not be sent."""
        with self._lock:
            moment = self._clock()
            while self._taken and self._taken[0][0] <= moment - self._window:
                self._taken.popleft()
            wait = self._wait(use, moment)
            if wait > 0:
                raise RateLimited(f"our own request limit is reached; next request in {wait:.1f} s", wait)
            self._taken.append((moment, use))

    def limited(self, pause: float) -> None:
        """Let background requests rest for `pause` seconds, because the venue said 429."""
        with self._lock:
            self._rest_until = max(self._rest_until, self._clock() + pause)

    def _wait(self, use: Use, moment: float) -> float:
        """Return for how many seconds the request must wait; 0 when it may go."""
        waits = [self._until_below(self._most, None, moment)]
        if use is Use.BACKGROUND:
            waits.append(self._rest_until - moment)
            waits.append(self._until_below(self._background, Use.BACKGROUND, moment))
            waits.append(self._until_below(self._most * 3 // 4, None, moment))
        return max(waits)

    def _until_below(self, limit: int, use: Use | None, moment: float) -> float:
        """Return when fewer than `limit` requests (of one use, or of all) will be inside the window."""
        times = [taken for taken, of in self._taken if use is None or of is use]
        return times[-limit] + self._window - moment if len(times) >= limit else 0.0
