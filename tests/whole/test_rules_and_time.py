"""Shipped rules whose locks end by the clock or by the venue: broken, held, and let go at the right moment.

The tests leap forward in the one clock of this file's venue, so they stand in the order of the day.
"""

from typing import Any

ACCOUNTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "auth_loss_guard": (("starter/auth_loss_guard",), {}),
    "trade_frequency_limit": (("starter/trade_frequency_limit",), {}),
    "cooldown_after_loss": (("starter/cooldown_after_loss",), {}),
    "two_at_once": (("starter/max_contracts", "starter/daily_realized_loss"), {}),
    "session_block_outside": (("starter/session_block_outside",), {}),
}


def test_the_brokers_switch_closes_everything_and_locks_until_it_is_on_again(house: Any) -> None:
    desk = house.desks["auth_loss_guard"]
    desk.do("buy 2 MES stop=80; rest buy 1 MNQ 25000")

    house.sim.control("/sim/account", {"account": desk.number, "canTrade": False})

    desk.becomes(lambda desk: not desk.holds() and not desk.working())
    desk.becomes(lambda desk: [scope for scope, _ in desk.locks()] == ["account"])
    assert desk.now()["verdict"]["level"] == "locked"
    house.sim.control("/sim/account", {"account": desk.number, "canTrade": True})
    desk.becomes(lambda desk: desk.locks() == [])
    desk.do("buy 1 MES; seen")
    assert desk.holds() == {"MES": 1}


def test_the_third_entry_in_a_minute_stays_and_pauses_the_next_until_the_oldest_is_a_minute_old(
    house: Any,
) -> None:
    desk = house.desks["trade_frequency_limit"]
    desk.do("buy 1 MES; seen; buy 1 MES; seen; buy 1 MES")

    ((scope, end),) = desk.becomes(lambda desk: desk.locks())
    assert scope == "account"
    assert "about 09:0" in end
    desk.do("buy 1 MES")
    desk.becomes(lambda desk: desk.acts("reentry"))
    desk.becomes(lambda desk: desk.holds() == {"MES": 3})
    desk.do("sell 2 MES; seen")
    assert desk.holds() == {"MES": 1}, "what reduces may always pass"
    house.leap(advance=61)
    desk.becomes(lambda desk: desk.locks() == [])
    desk.do("buy 1 MES; seen")
    assert desk.holds() == {"MES": 2}


def test_a_losing_trade_pauses_entries_for_five_minutes_and_leaves_the_rest_open(house: Any) -> None:
    desk = house.desks["cooldown_after_loss"]
    desk.do("buy 1 MES; buy 1 ES; price ES 6847.50; sell 1 ES")

    desk.becomes(lambda desk: desk.locks())
    desk.do("buy 1 MNQ")
    desk.becomes(lambda desk: desk.acts("reentry"))
    desk.becomes(lambda desk: desk.holds() == {"MES": 1})
    house.leap(advance=200)
    assert len(desk.locks()) == 1, "not a moment too early"
    house.leap(advance=101)
    desk.becomes(lambda desk: desk.locks() == [])
    desk.do("buy 1 MNQ; seen")
    assert desk.holds() == {"MES": 1, "MNQ": 1}


def test_one_fill_that_breaks_two_rules_leads_to_one_flatten_and_one_lock_with_both_reasons(
    house: Any,
) -> None:
    desk = house.desks["two_at_once"]
    house.sim.control("/sim/settings", {"flip_rows": 1})
    desk.do("buy 1 NQ; price NQ 25470")

    desk.do("sell 7 NQ")

    desk.becomes(lambda desk: desk.holds() == {})
    desk.becomes(lambda desk: desk.locks() == [("account", "17:00 CST")])
    assert {act["rule"] for act in desk.acts("breach")} == {"max_contracts", "daily_realized_loss"}
    (done,) = desk.becomes(lambda desk: [one for one in desk.now()["enforcements"] if one["verified"]])
    assert done["rules"] == ["daily_realized_loss", "max_contracts"]
    assert "the limit is $500" in done["reason"]
    assert "The limit is 5" in done["reason"]


def test_two_minutes_before_the_end_of_the_session_all_is_closed_and_cancelled_until_tomorrow(
    house: Any,
) -> None:
    desk = house.desks["session_block_outside"]
    desk.do("buy 2 MES; rest buy 1 MNQ 25000; seen")
    house.leap(to="2026-11-17T14:57:00-06:00")
    assert desk.holds() == {"MES": 2}

    house.leap(to="2026-11-17T14:57:59-06:00")

    desk.becomes(lambda desk: not desk.holds() and not desk.working())
    locks = desk.becomes(lambda desk: sorted(desk.locks()))
    assert [scope for scope, _ in locks] == ["MES", "MNQ"]
    assert all("Wed 08:30" in end for _, end in locks)
    assert min(act["at"] for act in desk.acts("breach")) >= "2026-11-17T20:58:00"
    desk.becomes(lambda desk: all(one["verified"] for one in desk.now()["enforcements"]))
    desk.do("buy 1 MNQ")
    desk.becomes(lambda desk: desk.holds() == {} and desk.acts("reentry"))


def test_at_five_in_the_evening_the_daily_lock_is_gone_and_the_next_day_begins(house: Any) -> None:
    desk = house.desks["two_at_once"]
    if not desk.locks():  # this test alone
        desk.do("buy 1 NQ; price NQ 25440; sell 1 NQ")
        desk.becomes(lambda desk: desk.locks())
    house.leap(to="2026-11-17T16:59:00-06:00")
    assert desk.locks() == [("account", "17:00 CST")]

    house.leap(to="2026-11-17T17:00:01-06:00")

    desk.becomes(lambda desk: desk.locks() == [])
    desk.do("buy 1 MNQ; seen")
    assert desk.holds() == {"MNQ": 1}
