"""The one inbox of the engine thread: everything in order, except that of each contract only the newest quote waits."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Any

from engine.events import Event, QuoteSeen
from service.call import Call

ALARM = 1_000
"""So many events waiting: people should know. Source: `signalr-notes.md` 4.6."""

FAULT = 10_000
"""So many events waiting: what we know is too old, the accounts must be read anew. Nothing is dropped."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An event and who sent it: the name of a login, or empty for the guard itself."""

    origin: str
    event: Event


class Inbox:
    """Filled from any thread, emptied by one. Quotes never delay another event."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._letters: deque[Letter | Call[Any]] = deque()
        self._quotes: dict[tuple[str, str], Letter] = {}
        self._is_closed = False
        self._most = 0

    def put(self, event: Event, origin: str = "") -> None:
        """Add an event. A quote takes the place of the one of its contract that still waits."""
        with self._changed:
            if isinstance(event, QuoteSeen):
                key = (origin, event.quote.contract)
                self._quotes.pop(key, None)
                self._quotes[key] = Letter(origin, event)
            else:
                self._letters.append(Letter(origin, event))
                self._most = max(self._most, len(self._letters))
            self._changed.notify()

    def call(self, call: Call[Any]) -> None:
        """Add work for the engine thread; it takes its turn among the events."""
        with self._changed:
            if self._is_closed:
                call.drop()
                return
            self._letters.append(call)
            self._changed.notify()

    def take(self, wait: float) -> Letter | Call[Any] | None:
        """Return the next letter or call; None after `wait` seconds of silence, or at once when closed and empty."""
        with self._changed:
            if not self._has_any() and not self._is_closed:
                self._changed.wait_for(lambda: self._has_any() or self._is_closed, timeout=max(wait, 0.0))
            if self._letters:
                return self._letters.popleft()
            if self._quotes:
                oldest = next(iter(self._quotes))
                return self._quotes.pop(oldest)
            return None

    def close(self) -> None:
        """Wake whoever waits; events in the inbox can still be taken, calls are dropped."""
        with self._changed:
            self._is_closed = True
            for call in [one for one in self._letters if isinstance(one, Call)]:
                self._letters.remove(call)
                call.drop()
            self._changed.notify_all()

    def wait_closed(self, seconds: float) -> bool:
        """Wait until somebody closes the inbox, at most this long; say whether it is closed."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_closed, timeout=seconds)

    @property
    def waiting(self) -> int:
        """How many events wait, quotes left out: those are never more than there are contracts."""
        return len(self._letters)

    def take_highest(self) -> int:
        """Return the largest number of events that waited since the last call."""
        with self._changed:
            most, self._most = self._most, len(self._letters)
            return most

    def _has_any(self) -> bool:
        return bool(self._letters or self._quotes)
