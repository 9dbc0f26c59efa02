"""A machine for tests of trusted time: its boot clock, its host clock and the venue's answers."""

from connectors.topstepx.settings import TimeSource
from engine.units import SECOND, Instant
from service.clock import TrustedClock

NOON = Instant(1_800_000_000 * SECOND)


class Bench:
    """A machine whose clocks the test turns."""

    def __init__(self, *, floor: Instant | None, host: int = NOON) -> None:
        self.boot = 1_000 * SECOND
        self.host = host
        self.clock = TrustedClock(floor, boot=lambda: self.boot, host=lambda: self.host)

    def wait(self, length: int) -> None:
        self.boot += length
        self.host += length

    def header(self, instant: int) -> None:
        """Let an HTTP answer arrive; its Date is cut to the second."""
        self.clock.heard(Instant(instant // SECOND * SECOND), TimeSource.DATE_HEADER)

    def stamp(self, instant: int) -> None:
        self.clock.heard(Instant(instant), TimeSource.EVENT)
