"""The calendar of rehearsals: days that begin at one hour UTC, and a session with a short break before it."""

from dataclasses import dataclass, field

from engine.units import DAY, HOUR, MINUTE, SECOND, Duration, Instant, TimeOfDay

RESET_HOUR = 23
"""17:00 in Chicago in winter."""

PAUSE = Duration(2 * MINUTE)
"""How long a session is closed before each reset."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A reset each day at an hour UTC."""

    hour: int = RESET_HOUR

    def next_after(self, moment: Instant) -> Instant:
        return Instant(self.last_before(moment) + DAY)

    def last_before(self, moment: Instant) -> Instant:
        offset = self.hour * HOUR
        return Instant((moment - offset) // DAY * DAY + offset)


@dataclass(frozen=True, slots=True)
class Hours:
    """Open except for `pause` before each reset."""

    pause: Duration
    day: Daily = field(default_factory=Daily)

    def is_inside(self, now: Instant) -> bool:
        return now < self.day.next_after(now) - self.pause

    def next_change(self, now: Instant) -> Instant | None:
        closes = Instant(self.day.next_after(now) - self.pause)
        return closes if now < closes else self.day.next_after(now)

    def last_open(self, now: Instant) -> Instant | None:
        return self.day.last_before(now)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One day is like the other, weeks and months too."""

    trading_day: Daily = field(default_factory=Daily)
    week: Daily = field(default_factory=Daily)
    month: Daily = field(default_factory=Daily)
    pause: Duration = PAUSE

    def session(self, root: str) -> Hours:
        return Hours(self.pause)

    def market(self, root: str) -> Hours:
        return Hours(self.pause)

    def clock(self, now: Instant) -> TimeOfDay:
        return TimeOfDay(now % DAY)

    def say(self, moment: Instant, now: Instant) -> str:
        return f"second {moment // SECOND % 86400}"
