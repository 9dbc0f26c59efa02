"""Position Brackets: the platform's own legs, without tag or parent, that follow the position and go with it."""

from decimal import Decimal
from typing import Any

import pytest

from connectors.simulator.core.kinds import OrderType, Side

MNQ = "CON.F.US.MNQ.Z26"


@pytest.fixture
def guarded(desk: Any) -> Any:
    """Return a desk whose account is in position mode with a stop of 40 and a target of 80 ticks."""
    changes = [("brackets", "position"), ("position_stop", 40), ("position_target", 80)]
    desk.exchange.set_account(9120345, changes)
    return desk


def test_an_entry_gets_legs_that_nobody_asked_for(guarded: Any) -> None:
    guarded.buy(2)
    guarded.wait()

    legs = {order.type: order for order in guarded.live()}
    assert (legs[OrderType.STOP].stop_price, legs[OrderType.LIMIT].limit_price) == (
        Decimal("25490.25"),
        Decimal("25520.25"),
    )
    assert {(leg.tag, leg.parent_id, leg.side, leg.size) for leg in legs.values()} == {
        (None, None, Side.SELL, 2)
    }


def test_the_legs_follow_the_size_and_the_side(guarded: Any) -> None:
    guarded.buy(2)
    guarded.wait()
    guarded.buy(1)
    guarded.wait()
    assert {leg.size for leg in guarded.live()} == {3}

    guarded.sell(4)
    guarded.wait()

    assert {(leg.side, leg.size) for leg in guarded.live()} == {(Side.BUY, 1)}


def test_the_legs_go_when_the_position_is_closed(guarded: Any) -> None:
    guarded.buy(1)
    guarded.wait()

    guarded.exchange.close(9120345, MNQ)
    guarded.wait()

    assert (guarded.size, guarded.live()) == (0, [])
