"""What the venue refuses, with the code of each endpoint's own table."""

from decimal import Decimal
from typing import Any

import pytest

from connectors.simulator.core.changing import ModifyRequest
from connectors.simulator.core.instants import parse
from connectors.simulator.core.kinds import Status

MNQ = "CON.F.US.MNQ.Z26"
OLD = "CON.F.US.MNQ.U26"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"account_id": 1}, 1),
        ({"contract_id": "CON.F.US.NOPE.Z26"}, 8),
        ({"contract_id": OLD}, 9),
        ({"account_id": 8800123}, 10),
        ({"account_id": 9087712}, 4),
        ({"size": 0}, 2),
        ({"size": 151}, 2),
        ({"type": 9}, 2),
        ({"type": 1}, 2),
        ({"type": 1, "limit_price": Decimal("25490.10")}, 2),
        ({"type": 5, "trail_price": Decimal("20000")}, 2),
    ],
)
def test_place_refuses_with_its_own_codes(desk: Any, more: dict[str, Any], code: int) -> None:
    assert desk.buy(**{"size": 1, **more}).code == code


def test_a_tag_can_be_used_once_in_the_life_of_an_account(desk: Any) -> None:
    first = desk.buy(1, tag="mine")
    desk.wait()

    again = desk.buy(1, tag="mine")

    assert (first.code, again.code) == (0, 2)
    assert desk.exchange.venue.orders[again.order_id].status is Status.REJECTED


@pytest.mark.parametrize(
    ("account", "contract", "code"),
    [(1, MNQ, 1), (9120345, MNQ, 2), (9120345, "CON.F.US.X.Z26", 3), (9120345, OLD, 4), (8800123, MNQ, 8)],
)
def test_close_refuses_with_its_own_codes(desk: Any, account: int, contract: str, code: int) -> None:
    assert desk.exchange.close(account, contract).code == code


@pytest.mark.parametrize(("size", "code"), [(0, 5), (3, 5), (1, 0)])
def test_partial_close_wants_a_size_within_the_position(desk: Any, size: int, code: int) -> None:
    desk.buy(2)
    desk.wait()

    assert desk.exchange.partial_close(9120345, MNQ, size).code == code


def test_partial_close_of_a_live_account_is_nine_where_close_says_eight(desk: Any) -> None:
    assert desk.exchange.partial_close(8800123, MNQ, 1).code == 9


def test_cancel_of_an_unknown_a_finished_and_a_followers_order(desk: Any) -> None:
    assert desk.exchange.cancel(9120345, 1).code == 2
    filled = desk.buy(1)
    desk.wait()
    assert desk.exchange.cancel(9120345, filled.order_id).code == 3
    resting = desk.buy(1, type=1, limit_price=Decimal("25400"))
    desk.wait()

    desk.exchange.set_account(9120345, [("follower", True)])

    assert desk.exchange.cancel(9120345, resting.order_id).message == "Follower accounts cannot cancel orders"


def test_modify_moves_a_price_and_refuses_one_between_ticks(desk: Any) -> None:
    answer = desk.buy(1, type=1, limit_price=Decimal("25400"))
    desk.wait()

    moved = desk.exchange.modify(ModifyRequest(9120345, answer.order_id, limit_price=Decimal("25410")))
    odd = desk.exchange.modify(ModifyRequest(9120345, answer.order_id, limit_price=Decimal("25410.10")))

    assert (moved.code, odd.code) == (0, 3)
    assert desk.live()[0].limit_price == Decimal("25410")


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("2026-11-17T21:09:00Z", 0),
        ("2026-11-17T21:11:00Z", 2),
        ("2026-11-17T23:01:00Z", 0),
        ("2026-11-20T23:01:00Z", 2),
        ("2026-11-22T22:59:00Z", 2),
        ("2026-11-22T23:01:00Z", 0),
    ],
)
def test_orders_are_refused_outside_trading_hours(desk: Any, start: str, code: int) -> None:
    desk.exchange.jump(parse(start))

    assert desk.buy(1).code == code


def test_the_platform_flattens_at_ten_past_three(desk: Any) -> None:
    desk.buy_with_legs()
    desk.wait()

    desk.exchange.jump(parse("2026-11-17T21:10:01Z"))

    assert (desk.size, desk.live()) == (0, [])


def test_close_outside_trading_hours_is_rejected(desk: Any) -> None:
    desk.exchange.venue.settings.flatten_at_1510 = False
    desk.buy(1)
    desk.wait()
    desk.exchange.jump(parse("2026-11-17T21:30:00Z"))

    assert desk.exchange.close(9120345, MNQ).code == 5
    assert desk.exchange.partial_close(9120345, MNQ, 1).code == 6
