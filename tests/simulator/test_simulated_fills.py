"""Orders against the simulator's own quotes: when they fill, at what price, in how many parts."""

from decimal import Decimal
from typing import Any

from connectors.simulator.core.happenings import AccountChanged, OrderChanged, PositionChanged, TradeMade
from connectors.simulator.core.kinds import Status

MNQ = "CON.F.US.MNQ.Z26"


def test_a_market_order_pays_the_spread_and_its_costs_at_once(desk: Any) -> None:
    desk.buy(3)
    desk.wait()

    [trade] = desk.trades
    assert (trade.price, trade.gross, trade.fees, trade.commissions) == (
        Decimal("25500.25"),
        None,
        Decimal("1.08"),
        Decimal("0.75"),
    )
    assert desk.balance == Decimal("150000") - Decimal("1.83")


def test_the_events_of_a_fill_come_as_order_trade_position_account(desk: Any) -> None:
    desk.buy(1)

    events = desk.wait()

    kinds = [type(event) for event in events]
    assert kinds == [OrderChanged, OrderChanged, TradeMade, PositionChanged, AccountChanged]
    assert [e.order.status for e in events if isinstance(e, OrderChanged)] == [Status.PENDING, Status.FILLED]


def test_a_fill_does_not_move_the_update_time_of_its_order(desk: Any) -> None:
    answer = desk.buy(1)
    placed = desk.exchange.venue.now
    desk.wait()

    order = desk.exchange.venue.orders[answer.order_id]
    assert order.updated == placed
    assert desk.trades[0].created > placed


def test_an_order_larger_than_a_level_fills_in_parts_at_worse_prices(desk: Any) -> None:
    desk.exchange.venue.markets[MNQ].depth = 5
    answer = desk.buy(12)
    desk.wait()

    assert [(t.size, t.price) for t in desk.trades] == [
        (5, Decimal("25500.25")),
        (5, Decimal("25500.50")),
        (2, Decimal("25500.75")),
    ]
    order = desk.exchange.venue.orders[answer.order_id]
    assert (order.status, order.filled) == (Status.FILLED, 12)


def test_a_limit_order_rests_until_the_market_comes_to_it(desk: Any) -> None:
    desk.buy(1, type=1, limit_price=Decimal("25490"))
    desk.wait()
    assert (desk.size, [order.status for order in desk.live()]) == (0, [Status.OPEN])

    desk.price("25489.75")

    assert desk.size == 1
    assert desk.trades[0].price == Decimal("25490")


def test_a_limit_order_that_fits_only_in_part_keeps_the_rest_working(desk: Any) -> None:
    desk.exchange.venue.markets[MNQ].depth = 5
    desk.buy(12, type=1, limit_price=Decimal("25500.25"))
    desk.wait(20)

    [order] = desk.live()
    assert (order.status, order.filled, desk.size) == (Status.OPEN, 5, 5)


def test_a_stop_slips_when_the_market_gaps_through_it(desk: Any) -> None:
    desk.buy(1)
    desk.sell(1, type=4, stop_price=Decimal("25480"))
    desk.wait()

    desk.price("25470")

    assert desk.trades[-1].price == Decimal("25470")
    assert desk.size == 0


def test_a_trailing_stop_follows_up_and_never_down(desk: Any) -> None:
    desk.buy(1)
    desk.sell(1, type=5, trail_price=Decimal("25490"))
    desk.wait()
    desk.price("25600")
    [stop] = desk.live()
    assert stop.stop_price == Decimal("25590")

    desk.price("25595")
    assert desk.live()[0].stop_price == Decimal("25590")

    desk.price("25590")
    assert desk.size == 0


def test_a_join_order_rests_at_the_bid(desk: Any) -> None:
    desk.buy(1, type=6)
    desk.wait()

    assert [order.limit_price for order in desk.live()] == [Decimal("25500")]


def test_ids_are_above_two_to_the_thirty_first(desk: Any) -> None:
    answer = desk.buy(1)
    desk.wait()

    assert min(answer.order_id, desk.trades[0].id) > 2**31
