"""Whether the user hub still hears: a fill that REST shows and the hub never told is the proof that it does not."""

from collections import deque
from threading import Lock

from engine.events import Event, FillSeen, SnapshotTaken
from engine.units import SECOND, Duration, Instant

_REMEMBERED = 5000


class Ears:
    """Remembers the fills that the hub told of late. `lag` is how far REST and hub may be apart, in seconds."""

    def __init__(self, lag: float) -> None:
        self._lag = Duration(int(lag * SECOND))
        self._lock = Lock()
        self._order: deque[int] = deque()
        self._known: set[int] = set()

    def heard(self, event: Event) -> None:
        """Take note of what the hub told."""
        if isinstance(event, FillSeen):
            self._remember(event.fill.id)

    def missed(self, view: SnapshotTaken, live_since: Instant) -> tuple[int, ...]:
        """Return the ids of fills that the hub should have told and did not; each is returned once.

        Fills from before it came up, and those too fresh to say, are left out.
        """
        earliest, latest = live_since + self._lag, view.asked_at - self._lag
        with self._lock:
            missed = tuple(
                fill.id
                for fill in view.fills
                if earliest < fill.executed_at < latest and fill.id not in self._known
            )
        for fill in missed:
            self._remember(fill)
        return missed

    def _remember(self, fill: int) -> None:
        with self._lock:
            if fill in self._known:
                return
            self._known.add(fill)
            self._order.append(fill)
            if len(self._order) > _REMEMBERED:
                self._known.discard(self._order.popleft())
