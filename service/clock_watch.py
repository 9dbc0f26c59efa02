"""What is recorded about time: the host's clock is off, the process stood still, nobody was guarding before the start."""

import json
import logging
from collections.abc import Callable

from engine.units import SECOND, Instant
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
        self._store.note(reading.now, "host_clock", f"host {seconds}")


STILL = 20 * SECOND
"""The looks come every 5 s; so long without one means sleep, a stopped process, or a machine on its knees."""


class SleepWatch:
    """Looked at by the engine thread now and then. After standing still everything is read anew."""

    def __init__(self, clock: TrustedClock, store: Store, read_anew: Callable[[], None]) -> None:
        self._clock = clock
        self._store = store
        self._read_anew = read_anew
        self._looked_at: Instant | None = None

    def look(self) -> None:
        """Record a standstill. Raises StoreFailed."""
        now, before = self._clock.now(), self._looked_at
        # Until the venue was heard time may leap forward without anybody having slept.
        self._looked_at = now if self._clock.is_confirmed else None
        if before is None or now - before < STILL:
            return
        text = f"nothing was guarded for {round((now - before) / SECOND)} s: the machine slept or the process stood still"
        LOG.error("%s", text)
        self._read_anew()  # first, since a disk that fails ends this here
        self._store.note(now, "gap", text)


GAP = 10 * SECOND
"""So long without a guard is a gap that the trader's log names, and a shorter one that nobody asked for."""


class GapWatch:
    """Says for how long no guard was running before this one: once, as soon as the venue has told the time.

    Before that nobody can know: time goes on from the moment at which the last guard was seen.
    """

    def __init__(
        self,
        clock: TrustedClock,
        store: Store,
        since: Instant | None,
        tell: Callable[[Instant, Instant], None],
        *,
        was_stopped: bool,
    ) -> None:
        """`tell` takes end and beginning of a gap, `was_stopped` says whether somebody ended the last guard."""
        self._clock = clock
        self._store = store
        self._since = since
        self._tell = tell
        self._was_stopped = was_stopped

    def look(self) -> None:
        """Record the gap. Raises StoreFailed."""
        if self._since is None or not self._clock.is_confirmed:
            return
        since, self._since = self._since, None
        start = max(self._clock.started_at, since)
        if start - since > GAP or not self._was_stopped:
            self._tell(start, since)
        how = "stopped" if self._was_stopped else "killed, crashed, or the machine went off"
        seconds = f"{(start - since) / SECOND:.1f}"
        self._store.note(
            self._clock.now(),
            "gap",
            json.dumps({"since": since, "until": start, "seconds": seconds, "how": how}),
        )
