"""When looser rules may take effect: at the first open of the market that is far enough away."""

from dsl.market_days import build_calendar
from dsl.ruleset_build import CHICAGO, OPENING
from engine.units import Duration, Instant


def next_open(now: Instant, delay: Duration) -> Instant:
    """Return the first 17:00 Chicago open at least `delay` after `now`.

    The exchange's own days decide, without the admin's exceptions: nobody can bring it nearer by a line in a file.
    """
    market = build_calendar(CHICAGO, OPENING, {}, None).market("")
    moment = Instant(now + delay - 1)
    while True:
        change = market.next_change(moment)
        assert change is not None, "a market opens again within a year"
        if market.is_inside(change):
            return change
        moment = change
