"""User-hub events: the recorded stories, and the odd shapes that were seen once."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.topstepx.decode.user_events import Heard, hear
from engine.events import AccountSeen, FillSeen, OrderSeen, PositionSeen
from engine.units import Instant, Money
from engine.venue import OrderStatus, Side

AT = Instant(1_762_960_000_000_000)


def heard(messages: list[dict[str, Any]]) -> list[Heard]:
    return [hear(message["target"], message["arguments"], AT) for message in messages]


def test_an_entry_with_brackets_tells_its_whole_story(fixture: Callable[[str], Any]) -> None:
    events = [event for one in heard(fixture("hub_user_entry_with_brackets")) for event in one.events]

    statuses = [(event.order.id % 10, event.order.status) for event in events if isinstance(event, OrderSeen)]
    assert statuses == [
        (2, OrderStatus.SUSPENDED),
        (1, OrderStatus.PENDING),
        (3, OrderStatus.SUSPENDED),
        (1, OrderStatus.FILLED),
        (3, OrderStatus.OPEN),
        (2, OrderStatus.OPEN),
    ]
    assert [event.fill.pnl for event in events if isinstance(event, FillSeen)] == [None]
    assert [event.position.size for event in events if isinstance(event, PositionSeen)] == [2]


def test_a_position_closed_by_its_stop_is_flat_and_the_loss_is_exact(fixture: Callable[[str], Any]) -> None:
    events = [event for one in heard(fixture("hub_user_stop_fill_flat")) for event in one.events]

    fills = [event.fill for event in events if isinstance(event, FillSeen)]
    assert [(fill.pnl, fill.costs, fill.side) for fill in fills] == [
        (Money(-81_000_000), Money(1_220_000), Side.SELL)
    ]
    assert [event.position.size for event in events if isinstance(event, PositionSeen)] == [0]


@pytest.mark.parametrize("variant", ["variantOneTradeRow", "variantTwoTradeRows"])
def test_both_ways_of_telling_a_flip_end_short_one(variant: str, fixture: Callable[[str], Any]) -> None:
    events = [event for one in heard(fixture("hub_user_flip_two_variants")[variant]) for event in one.events]

    positions = [event.position.size for event in events if isinstance(event, PositionSeen)]
    assert positions[-1] == -1
    assert sum(event.fill.size for event in events if isinstance(event, FillSeen)) == 2


def test_trading_switched_off_is_told(fixture: Callable[[str], Any]) -> None:
    (one,) = heard(fixture("hub_user_account_cantrade_false"))

    (event,) = one.events
    assert isinstance(event, AccountSeen)
    assert event.status is not None
    assert event.status.can_trade is False


def test_ids_as_text_order_id_in_place_of_id_lists_and_bare_objects_are_all_read(
    fixture: Callable[[str], Any],
) -> None:
    told = heard(fixture("hub_user_odd_shapes"))

    assert [one.problems for one in told] == [[]] * 5
    ids = [event.order.id for one in told for event in one.events if isinstance(event, OrderSeen)]
    assert ids == [3425910402, 3425910403, 3425930518]
    assert [type(event) for one in told[3:] for event in one.events] == [FillSeen, PositionSeen]


def test_an_order_without_any_stamp_is_created_when_it_was_heard(fixture: Callable[[str], Any]) -> None:
    one = heard(fixture("hub_user_odd_shapes"))[1]

    (event,) = one.events
    assert isinstance(event, OrderSeen)
    assert event.order.created_at == AT


def test_the_stamp_of_an_event_is_its_update_and_not_its_creation(fixture: Callable[[str], Any]) -> None:
    told = heard(fixture("hub_user_closecontract_leaves_legs"))

    assert told[5].stamp == Instant(1_762_971_752_971_220)


def test_two_wrapped_events_in_one_list_are_two_events_and_a_bad_one_costs_only_itself() -> None:
    good = {"action": 1, "data": {"contractId": "C", "accountId": 1, "size": 0, "type": 0}}
    bad = {"action": 1, "data": {"contractId": "C", "accountId": 1, "size": 2, "type": 0, "averagePrice": 1}}

    told = hear("GatewayUserPosition", [[good, bad, good]], AT)

    assert len(told.events) == 2
    assert told.problems == ["GatewayUserPosition: type of a position cannot be read"]


@pytest.mark.parametrize("arguments", [[], [None], [[]], None, "x", [{"action": 1, "data": None}]])
def test_an_event_without_content_is_a_problem(arguments: object) -> None:
    told = hear("GatewayUserTrade", arguments, AT)

    assert told.problems
    assert not told.events
