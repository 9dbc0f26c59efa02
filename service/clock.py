"""Trusted time: the venue's clock, carried forward on the clock that runs since boot. The only place that reads clocks.

What is known of the venue's clock is one number, its lead over the boot clock. A `Date` header says that the lead is at
least `date - boot`, and at most `LATENCY` more, since headers carry whole seconds and travel for a while. Stamps inside
events are finer but may be old: they raise the lead, within what the latest header allows. The host's clock is compared
and never believed, so that turning it moves no lock.
"""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from connectors.topstepx.settings import TimeSource
from engine.units import SECOND, Instant

JUMP = 5 * SECOND
"""A lead that moves by more than this is believed only when a second header says the same."""

LATENCY = 3 * SECOND
"""How much later than its header says an answer may arrive: a second of rounding, two of travel."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The clock at one moment. `offset` is the host's clock minus trusted time, in microseconds."""

    now: Instant
    is_confirmed: bool
    offset: int


class TrustedClock:
    """Trusted time for the whole process. Safe to use from any thread; it never goes back.

    Where it ran ahead of the venue it walks at half the speed until the venue has caught up: it does not stand
    still, because retries wait on it too.
    """

    def __init__(
        self,
        floor: Instant | None,
        boot: Callable[[], int] | None = None,
        host: Callable[[], int] | None = None,
    ) -> None:
        """`floor` is the highest trusted time ever stored, None on the very first start. Readings are microseconds."""
        self._boot = boot or boot_clock()
        self._host = host or host_clock
        self._lock = threading.Lock()
        self._floor = floor
        self._lead = (floor if floor is not None else self._host()) - self._boot()
        self._most: int | None = None  # the latest header's upper bound of the lead
        self._candidate: int | None = None
        self._is_confirmed = False
        self._last = (self._boot(), floor if floor is not None else 0)
        self._made_at = self._boot()

    def now(self) -> Instant:
        """Return trusted time. Before the venue was heard it is the stored floor plus the time since our start."""
        with self._lock:
            return self._now()

    def read(self) -> ClockReading:
        """Return trusted time with what is known about it."""
        with self._lock:
            now = self._now()
            return ClockReading(now, self._is_confirmed, self._host() - now)

    @property
    def started_at(self) -> Instant:
        """When this clock was made, as far as that is known by now: exact once the venue was heard."""
        with self._lock:
            return Instant(self._made_at + self._lead)

    @property
    def is_confirmed(self) -> bool:
        """Whether the venue's time was heard since this process started."""
        return self._is_confirmed

    @property
    def has_ground(self) -> bool:
        """Whether time may be used at all: heard from the venue, or carried on from a stored floor."""
        return self._is_confirmed or self._floor is not None

    def heard(self, instant: Instant, source: TimeSource) -> None:
        """Take in one instant of the venue's clock, just received."""
        with self._lock:
            lead = instant - self._boot()
            match source:
                case TimeSource.DATE_HEADER:
                    self._anchor(lead)
                case TimeSource.EVENT:
                    if self._most is not None and self._lead < lead <= self._most:
                        self._lead = lead

    def _anchor(self, lead: int) -> None:
        """Use a header: within `LATENCY` it agrees, a little off it corrects, a jump waits for a second one.

        On the very first start there is no stored time that a jump could put in danger.
        """
        if not self.has_ground:
            self._lead = lead
            self._last = (self._boot(), 0)
        elif self._is_far(lead):
            if self._candidate is None or abs(lead - self._candidate) > LATENCY:
                self._candidate = lead
                return
            self._lead = max(lead, self._candidate)
        self._candidate = None
        self._most = lead + LATENCY
        self._lead = min(max(self._lead, lead), self._most)
        self._is_confirmed = True

    def _is_far(self, lead: int) -> bool:
        return lead - self._lead > JUMP or self._lead - (lead + LATENCY) > JUMP

    def _now(self) -> Instant:
        boot = self._boot()
        last_boot, last = self._last
        slowest = last + (boot - last_boot) // 2 if last else 0
        now = max(boot + self._lead, slowest)
        self._last = (boot, now)
        return Instant(now)


def host_clock() -> int:
    """Return what the host believes the time to be, in microseconds since 1970. Only ever compared."""
    return time.time_ns() // 1000


def boot_clock() -> Callable[[], int]:
    """Return a clock of microseconds since boot that goes on while the machine sleeps and that nobody can set.

    `time.monotonic` stops in suspend on Linux; on Windows its source changed between Python releases.
    """
    if sys.platform == "win32":
        return _interrupt_time()
    number = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return lambda: time.clock_gettime_ns(number) // 1000


def _interrupt_time() -> Callable[[], int]:
    """Return Windows' QueryInterruptTime, which counts tenths of microseconds, sleep included.

    Where it is missing (Wine) GetTickCount64 counts the same time in milliseconds.
    """
    import ctypes  # noqa: PLC0415  only Windows needs it

    query = getattr(ctypes.CDLL("kernelbase"), "QueryInterruptTime", None)
    if query is None:
        count = ctypes.CDLL("kernel32").GetTickCount64
        count.restype = ctypes.c_ulonglong
        return lambda: int(count()) * 1000
    query.restype = None

    def read() -> int:
        ticks = ctypes.c_ulonglong()
        query(ctypes.byref(ticks))
        return ticks.value // 10

    return read
