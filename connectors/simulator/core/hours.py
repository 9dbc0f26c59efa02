"""Trading hours: when orders are accepted, when quotes flow, and when the platform flattens. All in Chicago time."""

from datetime import date, datetime, time, timedelta

from connectors.simulator.core.instants import CHICAGO, Instant, chicago, from_datetime

OPEN = time(17, 0)
FLATTEN = time(15, 10)
QUOTES_END = time(16, 0)
SATURDAY = 5


def accepts_orders(at: Instant, holidays: frozenset[date] = frozenset()) -> bool:
    """Return whether orders are accepted: not 15:10 to 17:00, not from Friday 15:10 to Sunday 17:00."""
    return _is_open(chicago(at), FLATTEN, holidays)


def quotes_flow(at: Instant, holidays: frozenset[date] = frozenset()) -> bool:
    """Return whether prices move: they do until 16:00, fifty minutes longer than orders are accepted."""
    return _is_open(chicago(at), QUOTES_END, holidays)


def next_flatten(after: Instant) -> Instant:
    """Return the next 15:10 of a weekday strictly later than `after`: the platform closes what is open."""
    day = chicago(after).date()
    while True:
        due = from_datetime(datetime.combine(day, FLATTEN, CHICAGO))
        if due > after and day.weekday() < SATURDAY:
            return due
        day += timedelta(days=1)


def _is_open(moment: datetime, end: time, holidays: frozenset[date]) -> bool:
    evening = moment.time() >= OPEN
    trading_day = moment.date() + timedelta(days=1) if evening else moment.date()
    if trading_day in holidays or trading_day.weekday() >= SATURDAY:
        return False
    return evening or moment.time() < end
