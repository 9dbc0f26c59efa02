"""From when on fills are read: the latest again and again, the trading day once a quarter of an hour."""

from typing import Any

from engine.history_needed import OVERLAP, QUARTER, fills_needed
from engine.units import MINUTE, Instant


def test_a_void_of_a_trade_of_this_morning_is_found_within_a_quarter_of_an_hour(lab: Any) -> None:
    desk = lab.start(lab.rule("never", lambda f: False, lambda f: ()))
    desk.now = Instant(desk.now - desk.now % QUARTER + QUARTER)
    desk.sync()
    day = desk.rules.settings.calendar.trading_day.last_before(desk.now)

    soon = fills_needed(desk.state, desk.rules, Instant(desk.now + 14 * MINUTE))
    later = fills_needed(desk.state, desk.rules, Instant(desk.now + 15 * MINUTE))

    assert soon == desk.now - OVERLAP
    assert day - OVERLAP <= later <= day
