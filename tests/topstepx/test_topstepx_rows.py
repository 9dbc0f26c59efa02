"""Rows of the venue, checked against the recorded payloads."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from connectors.failures import Unreadable
from connectors.topstepx.decode.rows import account_from, fill_from, order_from, position_from
from connectors.topstepx.decode.stamps import instant_from, instant_from_date_header, stamp
from engine.units import Instant, Money, Price
from engine.venue import AccountStatus, Fill, Order, OrderKind, OrderStatus, Position, Side

AT = Instant(1_762_960_000_000_000)
CREATED = Instant(1_762_959_851_382_406)


def test_an_order_is_read_with_exact_prices_and_its_parent(fixture: Callable[[str], Any]) -> None:
    row = fixture("rest_order_searchopen")["orders"][0]

    order = order_from(row, AT)

    assert order == Order(
        id=3425910402,
        contract="CON.F.US.MNQ.Z25",
        side=Side.SELL,
        kind=OrderKind.STOP,
        size=2,
        filled=0,
        status=OrderStatus.OPEN,
        created_at=CREATED,
        stop_price=Price(25_490_250_000_000),
        tag="rd-entry-0007-SL",
        parent_id=3425910401,
    )


def test_an_order_whose_status_and_type_nobody_knows_counts_as_working() -> None:
    row = {"id": 1, "contractId": "C", "side": 0, "size": 1, "status": 42, "type": 99}

    order = order_from(row, AT)

    assert (order.status, order.kind, order.is_working) == (OrderStatus.UNKNOWN, OrderKind.UNKNOWN, True)


@pytest.mark.parametrize("side", [None, 2, -1, "x", True, 0.5])
def test_an_order_without_a_plain_side_is_an_error_and_never_a_buy(side: object) -> None:
    with pytest.raises(Unreadable, match="side"):
        order_from({"id": 1, "contractId": "C", "side": side, "size": 1, "status": 1, "type": 1}, AT)


def test_costs_of_a_fill_are_fees_and_commissions_and_an_opening_fill_has_no_result(
    fixture: Callable[[str], Any],
) -> None:
    row = fixture("rest_trade_search")["trades"][-1]

    fill = fill_from(row)

    assert fill == Fill(
        id=3005730402,
        order_id=3425910401,
        contract="CON.F.US.MNQ.Z25",
        side=Side.BUY,
        size=2,
        price=Price(25_510_250_000_000),
        pnl=None,
        costs=Money(1_220_000),
        executed_at=Instant(1_762_959_851_389_871),
        voided=False,
    )


def test_the_recorded_day_adds_up_to_its_net_result_without_the_voided_fills(
    fixture: Callable[[str], Any],
) -> None:
    fills = [fill_from(row) for row in fixture("rest_trade_search")["trades"]]

    net = sum(fill.net for fill in fills if not fill.voided)

    assert net == Money(-40_100_000)


def test_a_closing_fill_without_profit_is_not_an_opening_one(fixture: Callable[[str], Any]) -> None:
    row = fixture("rest_trade_search")["trades"][-1] | {"profitAndLoss": 0}

    assert fill_from(row).pnl == Money(0)


def test_a_short_position_is_negative(fixture: Callable[[str], Any]) -> None:
    row = fixture("rest_position_searchopen")["positions"][1]

    assert position_from(row, AT) == Position(
        "CON.F.US.MGC.Z25", -1, Price(4_152_300_000_000), Instant(1_762_959_962_517_100)
    )


@pytest.mark.parametrize("direction", [0, 3, None, "long"])
def test_a_position_with_a_size_but_no_known_direction_is_an_error_and_never_flat(direction: object) -> None:
    row = {"contractId": "C", "size": 1, "type": direction, "averagePrice": Decimal("1.5")}

    with pytest.raises(Unreadable, match="type"):
        position_from(row, AT)


def test_a_position_of_size_zero_is_flat_whatever_its_type() -> None:
    row = {"contractId": "C", "size": 0, "type": 0, "averagePrice": Decimal("29398.5")}

    assert position_from(row, AT).size == 0


def test_accounts_keep_their_exact_balance(fixture: Callable[[str], Any]) -> None:
    rows = dict(account_from(row) for row in fixture("rest_account_search")["accounts"])

    assert rows[9087712] == AccountStatus("EXPRESS-V2-481207-73390128", Money(-412_180_000), False, True)
    assert rows[8800123].simulated is False


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("2025-11-12T15:04:11.3824063+00:00", CREATED),
        ("2025-11-12T15:04:11.382406+00:00", CREATED),
        ("2025-11-12T15:04:11.382406", CREATED),
        ("2025-11-12T09:04:11.382406-06:00", CREATED),
        ("2025-11-12T15:04:11.382406Z", CREATED),
        ("2025-11-12T15:04:11.3+00:00", CREATED - 82_406),
        ("2025-11-12T15:04:11.38240+00:00", CREATED - 6),
        ("0001-01-01T00:00:00+00:00", None),
        ("yesterday", None),
        ("", None),
        (5, None),
    ],
)
def test_stamps_with_any_number_of_digits_are_read_as_utc(text: object, microseconds: int | None) -> None:
    assert instant_from(text) == microseconds


def test_a_stamp_written_for_the_venue_reads_back_as_the_same_instant() -> None:
    assert instant_from(stamp(CREATED)) == CREATED


def test_a_date_header_is_read_to_the_second_and_nonsense_is_nothing() -> None:
    assert instant_from_date_header("Wed, 12 Nov 2025 15:04:11 GMT") == CREATED - 382_406
    assert instant_from_date_header("soon") is None
    assert instant_from_date_header(None) is None


@pytest.mark.parametrize("price", ["NaN", "Infinity", "1e400", True, [], {}, "12,5"])
def test_a_price_that_is_no_number_is_an_error(price: object) -> None:
    row = {"contractId": "C", "size": 1, "type": 1, "averagePrice": price}

    with pytest.raises(Unreadable, match="averagePrice"):
        position_from(row, AT)
