"""Resets: a cron expression in a zone. Evaluated on the bare wall clock, placed in real time afterwards.

croniter is never handed a zone: its own handling is wrong up to 6.0.0 and fires twice in the repeated autumn hour in
7.0.0. On naive times it is right in every release we allow.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from croniter import CroniterBadCronError, CroniterBadDateError, croniter

from dsl.wall_time import UnknownZone, aware, place, wall, zone_named
from engine.units import Instant

FIELDS = 5
RARE = 9
"""Years to look ahead: 29 February is the rarest date, up to eight years away (1896 to 1904, 2096 to 2104)."""

CYCLE = timedelta(days=146_097)
"""400 years, after which dates, leap days and weekdays come again."""

_STEP = r"(\*|[0-9]+|[a-z]{3})(-([0-9]+|[a-z]{3}))?(/[0-9]+)?"
_FIELD = re.compile(rf"{_STEP}(,{_STEP})*", re.IGNORECASE)
_START = datetime(2000, 1, 1)  # noqa: DTZ001  only asks whether the expression ever matches


class BadCron(ValueError):
    """A reset that cannot be used. `reason` is a half sentence; `part` says what is wrong: `cron` or `tz`."""

    def __init__(self, reason: str, part: str = "cron") -> None:
        super().__init__(reason)
        self.reason = reason
        self.part = part


class CronReset:
    """An `engine.schedule.Reset`.

    A time that the wall shows twice counts once, the first; one that it never shows counts when the clocks jump.
    """

    def __init__(self, cron: str, tz: str) -> None:
        self.cron = cron
        self.tz = tz
        self._zone = zone_named(tz)
        # The stretch between two resets that was asked for last: most questions fall into it again.
        self._known: tuple[int, int] = (0, 0)

    def __repr__(self) -> str:
        return f"CronReset({self.cron!r}, {self.tz!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CronReset) and (self.cron, self.tz) == (other.cron, other.tz)

    def __hash__(self) -> int:
        return hash((self.cron, self.tz))

    def next_after(self, moment: Instant) -> Instant:
        """Return the first reset strictly after `moment`."""
        return Instant(self._around(moment)[1])

    def last_before(self, moment: Instant) -> Instant:
        """Return the latest reset at or before `moment`."""
        return Instant(self._around(moment)[0])

    def _around(self, moment: Instant) -> tuple[int, int]:
        start, end = self._known
        if not start <= moment < end:
            start = next(at for at in self._backwards(moment) if at <= moment)
            end = next(at for at in self._forwards(moment) if at > moment)
            self._known = (start, end)
        return start, end

    def _forwards(self, moment: Instant) -> Iterator[Instant]:
        shown = wall(moment, self._zone)
        for match in _matches(self.cron, shown, forwards=True):
            yield place(match, self._zone)

    def _backwards(self, moment: Instant) -> Iterator[Instant]:
        # On the second pass of the repeated hour, every time of the first pass has been.
        shown = wall(moment, self._zone) + _repeated(aware(moment, self._zone))
        for match in _matches(self.cron, shown + timedelta(seconds=1), forwards=False):
            yield place(match, self._zone)


def build_reset(cron: str, tz: str) -> CronReset:
    """Return the reset that a rule or a ruleset wrote. Raises BadCron with the reason."""
    written = " ".join(cron.split())
    parts = written.split()
    if len(parts) != FIELDS:
        raise BadCron(f"has {len(parts)} parts, not five: minute, hour, day, month, weekday")
    strange = next((part for part in parts if not _FIELD.fullmatch(part)), None)
    if strange is not None:
        raise BadCron(f"has `{strange}`, which is not a number, a name, a range or a step")
    try:
        next(_matches(written, _START, forwards=True))
    except CroniterBadDateError as failure:
        raise BadCron("never happens") from failure
    except (CroniterBadCronError, ValueError) as failure:
        raise BadCron("is not a time that I understand") from failure
    try:
        return CronReset(written, tz)
    except UnknownZone as failure:
        raise BadCron(str(failure), "tz") from failure


def _matches(cron: str, start: datetime, *, forwards: bool) -> Iterator[datetime]:
    """Give the wall times that match, strictly after or before `start`. Raises croniter's errors.

    A guard that never heard of the time counts from 1970, and Windows knows no time before: there the same day of the
    same weekday one whole cycle of the calendar later is asked about.
    """
    cycle = CYCLE if start.year < 1971 else timedelta(0)
    times = croniter(cron, start + cycle, ret_type=datetime, max_years_between_matches=RARE)
    while True:
        yield (times.get_next() if forwards else times.get_prev()) - cycle


def _repeated(moment: datetime) -> timedelta:
    """Return how far the clocks were put back if `moment` is on the second pass of a repeated hour, else zero."""
    first, second = moment.replace(fold=0).utcoffset(), moment.utcoffset()
    assert first is not None
    assert second is not None
    return first - second
