"""What is due when: things the venue will do at a later instant, in order of time, then of planning."""

import heapq
from collections.abc import Callable

from connectors.simulator.core.instants import Instant


class Agenda:
    """A heap of (instant, number, action)."""

    def __init__(self) -> None:
        self._heap: list[tuple[Instant, int, Callable[[], None]]] = []
        self._planned = 0

    def add(self, at: Instant, action: Callable[[], None]) -> None:
        """Plan `action` for `at`."""
        self._planned += 1
        heapq.heappush(self._heap, (at, self._planned, action))

    def next_due(self) -> Instant | None:
        """Return the instant of the earliest action, or None if nothing is planned."""
        return self._heap[0][0] if self._heap else None

    def pop_due(self, until: Instant) -> tuple[Instant, Callable[[], None]] | None:
        """Take out the earliest action that is due by `until`."""
        if not self._heap or self._heap[0][0] > until:
            return None
        at, _, action = heapq.heappop(self._heap)
        return at, action
