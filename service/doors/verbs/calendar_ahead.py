"""calendar: the next trading days of an account, with its own hours and the admin's exceptions. Changes nothing."""

from dataclasses import dataclass

from dsl.market_ahead import days_ahead
from dsl.market_days import MarketCalendar
from service.doors.house import House
from service.doors.refused import Code, Refused, bad_request
from service.doors.verb import Answer, Verb

MOST = 60
"""Days looked ahead at most."""


@dataclass(frozen=True, slots=True)
class CalendarAhead:
    """`symbol` decides the product group; empty is that of the equity index futures."""

    days: int = 7
    symbol: str = ""
    account: str = ""


def answer(request: CalendarAhead, house: House) -> Answer:
    """Return the days."""
    account = house.account(request.account)
    calendar = account.rules.settings.calendar
    if not 1 <= request.days <= MOST:
        raise bad_request(f"`days` is 1 to {MOST}")
    if not isinstance(calendar, MarketCalendar):
        raise Refused(Code.REFUSED, "this account's rules have no market calendar")
    found = days_ahead(calendar, house.clock.now(), request.days, request.symbol.upper())
    return {"account": account.name, "ruleset": account.rules.name, **found}


VERB = Verb(CalendarAhead, answer)
