"""What happens when events come faster than they are worked on: an alarm, and from a point on a fresh view of all."""

import logging
from collections.abc import Callable

from service.alarms import Alarms
from service.inbox import ALARM, FAULT, Inbox

LOG = logging.getLogger("risk.pressure")


class Pressure:
    """Looked at by the engine thread now and then. Events are never dropped."""

    def __init__(self, inbox: Inbox, alarms: Alarms, resync: Callable[[], None]) -> None:
        self._inbox = inbox
        self._alarms = alarms
        self._resync = resync
        self._is_fault = False

    def look(self) -> None:
        """Raise or clear the alarm; ask for a fresh view of all accounts once the flood is over."""
        most = self._inbox.take_highest()
        if most >= FAULT:
            self._is_fault = True
        if most >= ALARM:
            self._alarms.raise_(
                "inbox", f"more than {ALARM} events waited to be worked on; decisions are late"
            )
            return
        self._alarms.clear("inbox")
        if self._is_fault:
            self._is_fault = False
            LOG.error("%d events or more waited: all accounts are read anew", FAULT)
            self._resync()
