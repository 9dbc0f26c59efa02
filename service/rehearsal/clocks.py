"""The clocks of the machine in virtual time: one since boot, and one that people and NTP turn."""

from connectors.topstepx.settings import TimeSource
from engine.units import DAY, HOUR, SECOND, Instant
from service.clock import TrustedClock
from service.rehearsal.stage import Stage

TURNS = (HOUR, -HOUR, 3 * SECOND, -3 * SECOND, DAY, -DAY, 0)
"""How far off the host's clock is turned: as by a change of zone or season done wrongly, by NTP, by the trader."""


class Clocks:
    """Sources for the real trusted clock, and what the venue says of the time."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._random = stage.chance("clocks")
        self._booted_at = stage.now - HOUR
        self._host_offset = 0

    def venue(self) -> Instant:
        """Return the venue's time."""
        return Instant(self._stage.now + self._stage.clockwork.leap)

    def boot(self) -> int:
        """Return microseconds since boot."""
        return self.venue() - self._booted_at

    def host(self) -> int:
        """Return what the host believes."""
        return self.venue() + self._host_offset

    def reboot(self) -> None:
        """Begin to count anew."""
        self._booted_at = self.venue()

    def second(self) -> None:
        """Turn the host's clock, perhaps; called once a second."""
        if self._random.random() < self._stage.plan.fault("clock_turned") and not self._stage.is_calm:
            self._stage.hit("clock_turned")
            self._host_offset = self._random.choice(TURNS)
            self._stage.note(f"the host's clock is now {self._host_offset / SECOND:+.0f} s off")

    def spoken(self, clock: TrustedClock, source: TimeSource) -> None:
        """Bring the venue's time to the clock, as a header in whole seconds or as the stamp of an event."""
        now = self.venue()
        clock.heard(
            Instant(now // SECOND * SECOND) if source is TimeSource.DATE_HEADER else Instant(now - 20_000),
            source,
        )
