"""Reset times that a change of the clocks skips or shows twice: allowed, but said with their dates."""

from datetime import date, datetime, timedelta
from functools import cache

from croniter import croniter

from dsl.check_context import Context
from dsl.problems import Span
from dsl.wall_time import aware, place, wall, zone_named
from engine.units import Instant

FIRST, LAST = date(2026, 1, 1), date(2031, 1, 1)
"""The years that are looked at; rules of clocks beyond them are a guess anyway."""

MINUTE = timedelta(minutes=1)
STEP = timedelta(days=7)
"""Between two looks at a zone; no zone changes its clocks there and back within a week."""

SHOWN = 2
"""Dates that are named; the others of a zone are like them."""


def check_clock_changes(cron: str, tz: str, span: Span, context: Context) -> None:
    """Warn about a reset that some days do not have, or have twice."""
    skipped, repeated = list[date](), list[date]()
    for start, end, is_gap in clock_changes(tz):
        times = croniter(cron, start - MINUTE, ret_type=datetime)
        match, next_one = times.get_next(), times.get_next()
        if (
            match < end and next_one - match > end - start + MINUTE
        ):  # one an hour or more often is hardly moved
            (skipped if is_gap else repeated).append(match.date())
    for days, what in ((skipped, "does not exist"), (repeated, "comes twice")):
        if days:
            named = " and ".join(day.isoformat() for day in days[:SHOWN])
            outcome = (
                "it then happens when the clocks jump" if days is skipped else "only the first one counts"
            )
            context.warn(
                "W505",
                f"`{cron}` {what} on {named}: {outcome}",
                span,
                help="choose another time, for example `0 17 * * *`, or leave it",
            )


@cache
def clock_changes(tz: str) -> tuple[tuple[datetime, datetime, bool], ...]:
    """Return the wall times that a zone skips (True) or repeats (False), each from its first to its last minute."""
    zone = zone_named(tz)
    found = []
    day = datetime.combine(FIRST, datetime.min.time())
    while day.date() < LAST:
        before, after = place(day, zone), place(day + STEP, zone)
        first, last = aware(before, zone).utcoffset(), aware(after, zone).utcoffset()
        if first is not None and last is not None and first != last:
            change = _change(before, after, tz)
            shown, then = wall(Instant(change - 1), zone), wall(change, zone)
            start = (shown + timedelta(seconds=1)).replace(microsecond=0)
            found.append((start, then, True) if last > first else (then, start, False))
        day += STEP
    return tuple(found)


def _change(before: Instant, after: Instant, tz: str) -> Instant:
    """Return the first instant with the later offset."""
    zone = zone_named(tz)
    offset = aware(before, zone).utcoffset()
    low, high = before // 1_000_000, after // 1_000_000
    while high - low > 1:
        middle = (low + high) // 2
        if aware(Instant(middle * 1_000_000), zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return Instant(high * 1_000_000)
