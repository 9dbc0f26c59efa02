"""How long to wait before the next attempt: longer each time, never all at the same moment."""

from random import SystemRandom

_JITTER = 0.3


class Backoff:
    """Doubles from `first` to `most` seconds, each wait off by up to 30 percent."""

    def __init__(self, first: float, most: float) -> None:
        self._first = first
        self._most = most
        self._next = first
        self._random = SystemRandom()

    def wait(self) -> float:
        """Return how many seconds to wait now."""
        wait, self._next = self._next, min(self._next * 2, self._most)
        return wait * self._random.uniform(1 - _JITTER, 1 + _JITTER)

    def longest(self) -> float:
        """Return a wait at the long end: the venue said that it has had enough."""
        self._next = self._most
        return self.wait()

    def reset(self) -> None:
        self._next = self._first
