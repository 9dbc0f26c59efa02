"""Hours and the trading day in the status document."""

from datetime import UTC, datetime
from typing import Any

from dsl.market_ahead import odd_days_soon
from dsl.market_days import MarketCalendar, calendar_warning
from dsl.news_file import news_warning
from engine.schedule import Calendar
from engine.settings import Settings
from engine.units import DAY, HOUR, SECOND, Instant
from service.iso import iso_or_none

MOST_DAYS_CLOSED = 10
"""No weekend with holidays is longer."""


def session(settings: Settings, now: Instant) -> dict[str, Any]:
    """Return whether the trader's hours and the market are open, when each changes, and the trading day."""
    calendar = settings.calendar
    own, market = calendar.session(""), calendar.market("")
    return {
        "is_open": own.is_inside(now),
        "changes_at": iso_or_none(own.next_change(now)),
        "market_is_open": market.is_inside(now),
        "market_changes_at": iso_or_none(market.next_change(now)),
        "trading_day": trading_day(calendar, now),
        "calendar_warning": calendar_warning(now) or news_warning(settings, now),
        "odd_days": [
            {"day": odd.day.isoformat(), "closes_at": iso_or_none(odd.closes_at)}
            for odd in (
                odd_days_soon(calendar, now, DAYS_AHEAD) if isinstance(calendar, MarketCalendar) else ()
            )
        ],
    }


DAYS_AHEAD = 8
"""Holidays and early closes are announced from the week before on."""


def trading_day(calendar: Calendar, now: Instant) -> str:
    """Return the date of the trading day: that on which it ends, the next one when the market does not open in it."""
    end = calendar.trading_day.next_after(now)
    for _ in range(MOST_DAYS_CLOSED):
        last = Instant(end - 1)
        opened = calendar.market("").last_open(last)
        if opened is not None and opened >= calendar.trading_day.last_before(last):
            break
        end = calendar.trading_day.next_after(end)
    ahead = (calendar.clock(end) - end % DAY + 12 * HOUR) % DAY - 12 * HOUR
    return datetime.fromtimestamp((end + ahead) // SECOND - 1, UTC).date().isoformat()
