"""Positions, results and balance: every number a rule could be wrong about."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.simulator.core.happenings import PositionChanged
from connectors.simulator.core.instants import SECOND
from connectors.simulator.core.kinds import PositionType, Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.world import create, read

MNQ = "CON.F.US.MNQ.Z26"
ZN = "CON.F.US.TYA.Z26"


def test_a_closing_fill_carries_the_gross_result_and_a_flat_position_event(desk: Any) -> None:
    desk.buy(2)
    desk.wait()
    desk.price("25490")
    desk.exchange.close(9120345, MNQ)
    events = desk.wait()

    assert desk.trades[-1].gross == Decimal("-41.00")
    last = [e.position for e in events if isinstance(e, PositionChanged)][-1]
    assert (last.size, last.type, last.average_price) == (0, PositionType.FLAT, Decimal("25500.25"))
    assert desk.balance == Decimal("150000") - Decimal("41") - 4 * Decimal("0.61")


def test_scaling_in_reweights_the_average_and_keeps_the_position_id(desk: Any) -> None:
    desk.buy(1)
    desk.wait()
    first = desk.exchange.venue.positions[9120345, MNQ]
    desk.price("25501")
    desk.buy(1)
    desk.wait()

    second = desk.exchange.venue.positions[9120345, MNQ]
    assert (second.id, second.size, second.average_price) == (first.id, 2, Decimal("25500.75"))


def test_a_partial_close_keeps_the_average_and_books_only_what_was_closed(desk: Any) -> None:
    desk.sell(3)
    desk.wait()
    desk.price("25490")
    desk.exchange.partial_close(9120345, MNQ, 2)
    desk.wait()

    position = desk.exchange.venue.positions[9120345, MNQ]
    assert (position.size, position.average_price) == (-1, Decimal("25500"))
    assert desk.trades[-1].gross == Decimal("39.00")


@pytest.mark.parametrize(("rows", "expected"), [(1, [("20", 2)]), (2, [("20", 1), (None, 1)])])
def test_a_flip_is_reported_in_either_variant(desk: Any, rows: int, expected: list[Any]) -> None:
    desk.exchange.venue.settings.flip_rows = rows
    desk.buy(1)
    desk.wait()
    desk.price("25510.25")
    desk.sell(2)
    events = desk.wait()

    got = [(trade.gross, trade.size) for trade in desk.trades[1:]]
    assert got == [(Decimal(gross) if gross else None, size) for gross, size in expected]
    sizes = [e.position.size for e in events if isinstance(e, PositionChanged)]
    assert sizes == ([-1] if rows == 1 else [0, -1])
    assert desk.exchange.venue.positions[9120345, MNQ].average_price == Decimal("25510.25")


def test_a_treasury_tick_is_worth_its_odd_value(desk: Any) -> None:
    desk.buy(1, contract_id=ZN)
    desk.wait()
    desk.exchange.set_price(ZN, Decimal("113.046875"))
    desk.exchange.close(9120345, ZN)
    desk.wait()

    assert desk.trades[-1].gross == Decimal("31.25")


def test_a_voided_trade_gives_its_effect_back_once(desk: Any) -> None:
    desk.buy(1)
    desk.wait()
    trade = desk.trades[0]

    desk.exchange.void(trade.id)
    desk.exchange.void(trade.id)

    assert desk.balance == Decimal("150000")
    assert desk.exchange.venue.trades[trade.id].voided


@given(st.lists(st.tuples(st.sampled_from(Side), st.integers(1, 7), st.integers(-40, 40)), max_size=25))
def test_balance_is_always_the_sum_of_the_trades(orders: list[tuple[Side, int, int]]) -> None:
    exchange = create(read("still"), seed=1)
    last = Decimal("25500")
    for side, size, ticks in orders:
        last += ticks * Decimal("0.25")
        exchange.set_price(MNQ, last)
        exchange.place(PlaceRequest(9120345, MNQ, 2, side, size))
        exchange.advance(exchange.venue.now + SECOND)

    venue = exchange.venue
    net = sum((trade.net for trade in venue.trades.values()), Decimal(0))
    assert venue.accounts[9120345].balance == Decimal("150000") + net
    held = venue.positions.get((9120345, MNQ))
    assert (held.size if held else 0) == sum(side.sign * size for side, size, _ in orders)
