"""One person's messages: sent one after the other on a thread of their own, so that one dead channel delays no other."""

import logging
import threading
from collections.abc import Callable

from engine.units import Instant
from service.alarms import Alarms
from service.notify.outbox import Outbox
from service.notify.sending import Send
from service.notify.settings import Person

LOG = logging.getLogger("risk.notify")

LOOK = 0.25
"""Seconds between two looks at the outbox."""

LAST_WORDS = 1.5
"""Seconds that a wanted stop waits for the last message."""


class Postman:
    """Sends what is due for one person and raises an alarm while that fails."""

    def __init__(
        self, person: Person, outbox: Outbox, send: Send, alarms: Alarms, now: Callable[[], Instant]
    ) -> None:
        self._person = person
        self._outbox = outbox
        self._send = send
        self._alarms = alarms
        self._now = now
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"notify-{person.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after one more look."""
        self._stopping.set()

    def join(self) -> bool:
        """Wait a moment for the last message; say whether the thread has ended."""
        self._thread.join(LAST_WORDS)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._look()
            self._stopping.wait(LOOK)
        self._look()

    def _look(self) -> None:
        """Send what is due; a mistake here costs a try, never the thread."""
        try:
            for due in self._outbox.due(self._person.name, self._now()):
                if self._person.addresses and self._send(self._person.addresses, due.title, due.text):
                    self._outbox.sent(due, self._now())
                    self._alarms.clear(f"notify:{self._person.name}")
                else:
                    self._outbox.failed(due, self._now())
                    self._alarms.raise_(f"notify:{self._person.name}", self._complaint())
        except Exception as error:
            LOG.error(
                "telling %s failed: %s", self._person.name, type(error).__name__
            )  # its text may hold an address

    def _complaint(self) -> str:
        name = self._person.name
        return (
            f"{name} could not be told; it is tried again. Look at secrets/{name}.notify and at the network"
        )
