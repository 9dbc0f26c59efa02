"""The host's clock beside trusted time: when they part, and when they meet again, it is recorded."""

import logging

from engine.units import SECOND
from service.clock import TrustedClock
from service.store.store import Store

LOG = logging.getLogger("risk.clock")

TOLERANCE = 5 * SECOND


class ClockWatch:
    """Looked at by the engine thread now and then. Nothing but the record depends on it."""

    def __init__(self, clock: TrustedClock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._is_off = False

    def look(self) -> None:
        """Record a change. Raises StoreFailed."""
        reading = self._clock.read()
        is_off = reading.is_confirmed and abs(reading.offset) > TOLERANCE
        if is_off == self._is_off:
            return
        self._is_off = is_off
        seconds = f"{reading.offset / SECOND:+.1f} s"
        LOG.warning(
            "the host's clock is %s off the venue's%s", seconds, "" if is_off else ", which is fine again"
        )
        self._store.note(reading.now, "clock", f"host {seconds}")
