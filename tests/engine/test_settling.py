"""Between a fill, its position and the account row nothing is added up that would count twice or not at all."""

from itertools import permutations
from typing import Any

import pytest

from engine.actions import Flatten, LockEntries
from engine.events import AccountSeen
from engine.units import SCALE, Money
from engine.venue import AccountStatus, Side


def day_target(lab: Any) -> Any:
    return lab.rule(
        "target",
        lambda facts: None if facts.day.total_profit is None else facts.day.total_profit >= 1000 * SCALE,
        lambda facts: (Flatten("account"), LockEntries("account", "manual")),
        reads=lab.everything,
    )


def floor(lab: Any) -> Any:
    return lab.rule(
        "floor",
        lambda facts: None if facts.account.equity is None else facts.account.equity <= 49_800 * SCALE,
        lambda facts: (Flatten("account"), LockEntries("account", "manual")),
        reads=lab.everything,
    )


def row(desk: Any, dollars: int) -> Any:
    status = AccountStatus("practice", Money(dollars * SCALE), True, True)
    return desk.hear(lambda at: AccountSeen(at, 7, status))


def holding_a_winner(desk: Any, lab: Any) -> None:
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.told(lab.MNQ, 1)
    row(desk, 50_000)
    desk.quote(lab.MNQ, 20_375)


def test_closing_a_winner_counts_it_once(lab: Any) -> None:
    desk = lab.start(day_target(lab))
    holding_a_winner(desk, lab)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=750)
    desk.told(lab.MNQ, 0)
    row(desk, 50_750)

    assert "breach" not in desk.kinds()


def test_a_winner_closed_is_no_loss_while_the_balance_is_still_the_old_one(lab: Any) -> None:
    desk = lab.start(floor(lab))
    row(desk, 49_900)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.told(lab.MNQ, 1)
    row(desk, 49_900)
    desk.quote(lab.MNQ, 19_975)
    desk.quote(lab.MNQ, 20_375)

    row(desk, 49_500)  # a withdrawal: only the open winner keeps the account above the floor
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=750)
    desk.told(lab.MNQ, 0)
    assert "breach" not in desk.kinds()
    row(desk, 50_250)

    assert "breach" not in desk.kinds()


def test_without_an_account_row_the_venue_is_read_after_a_second_and_the_rule_judged_after_four(
    lab: Any,
) -> None:
    desk = lab.start(day_target(lab))
    desk.wait(10)
    holding_a_winner(desk, lab)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=1200)
    desk.told(lab.MNQ, 0)
    assert "breach" not in desk.kinds()

    desk.wait(1)
    assert isinstance(desk.commands[-1], lab.look)
    desk.wait(3)
    assert "breach" in desk.kinds()


def holding_a_loser(desk: Any, lab: Any) -> None:
    """Hold one contract that is $150 behind, in an account that has $100 to lose after that."""
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.told(lab.MNQ, 1)
    row(desk, 50_050)
    row(desk, 50_000)
    desk.wait(2)
    desk.sync(MNQ=1)
    desk.quote(lab.MNQ, 19_925)


@pytest.mark.parametrize("order", list(permutations(("fill", "position", "row"))))
def test_a_loss_counts_once_in_whatever_order_its_messages_come(lab: Any, order: tuple[str, ...]) -> None:
    desk = lab.start(floor(lab))
    holding_a_loser(desk, lab)
    say = {
        "fill": lambda: desk.fill(lab.MNQ, Side.SELL, 1, pnl=-150),
        "position": lambda: desk.told(lab.MNQ, 0),
        "row": lambda: row(desk, 49_850),
    }

    for what in order:
        say[what]()
        desk.quote(lab.MNQ, 19_925)

    assert "breach" not in desk.kinds()
    assert desk.state.settling_since is None


def test_what_was_added_to_a_loser_and_taken_off_again_counts_once_though_the_size_is_as_before(
    lab: Any,
) -> None:
    desk = lab.start(floor(lab))
    holding_a_loser(desk, lab)

    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-75)
    row(desk, 49_925)
    desk.quote(lab.MNQ, 19_925)
    assert "breach" not in desk.kinds()
    assert desk.state.settling_since is not None

    desk.wait(0.01)
    desk.told(lab.MNQ, 2)
    desk.told(lab.MNQ, 1)
    assert desk.state.settling_since is None


def test_a_row_that_shows_the_costs_of_a_fill_later_keeps_nothing_waiting(lab: Any) -> None:
    desk = lab.start(floor(lab))
    holding_a_loser(desk, lab)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-150, costs=2 * SCALE)
    desk.told(lab.MNQ, 0)
    row(desk, 49_850)

    assert desk.state.settling_since is None


def test_a_loss_that_brings_the_balance_to_the_floor_is_seen_with_the_last_message(lab: Any) -> None:
    desk = lab.start(floor(lab))
    holding_a_loser(desk, lab)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-250)
    desk.told(lab.MNQ, 0)
    assert "breach" not in desk.kinds()
    row(desk, 49_750)

    assert "breach" in desk.kinds()


def test_a_balance_that_no_fill_explains_is_taken_as_it_is_after_four_seconds(lab: Any) -> None:
    desk = lab.start(floor(lab))
    holding_a_loser(desk, lab)

    row(desk, 49_700)
    desk.wait(3.9)
    assert "breach" not in desk.kinds()
    desk.wait(0.2)
    desk.quote(lab.MNQ, 19_925)

    assert "breach" in desk.kinds()


def test_size_rules_do_not_wait(lab: Any) -> None:
    most = lab.rule(
        "most",
        lambda facts: facts.account.gross_contracts > 0,
        lambda facts: (Flatten("account"),),
        reads=lab.sizes,
    )
    desk = lab.start(most)

    desk.told(lab.MNQ, 1)

    assert [type(command) for command in desk.commands] == [lab.close]


def test_the_first_quote_after_a_reconnect_can_be_an_old_one_and_values_nothing(lab: Any) -> None:
    from engine.events import QuoteSeen
    from engine.facts import Facts
    from engine.facts.view import View
    from engine.subject import THE_ACCOUNT
    from engine.units import PRICE_SCALE, SECOND, Instant, Price
    from engine.venue import Quote

    desk = lab.start(floor(lab))
    desk.told(lab.MNQ, 1)
    price = Price(20_000 * PRICE_SCALE)
    desk.hear(lambda at: QuoteSeen(at, Quote(lab.MNQ, price, price, price, Instant(at - 60 * SECOND))))

    assert Facts(View(desk.state, desk.rules.settings, THE_ACCOUNT)).account.open_pnl is None
