"""What the user hub tells while a snapshot is read: held back, then sent so that nothing looks like a change back."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.topstepx.decode.user_events import hear
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.hub.user_feed import UserListener
from engine.events import AccountSeen, Event, FillSeen, OrderSeen, PositionSeen, SnapshotTaken
from engine.units import Instant
from engine.venue import OrderStatus

ACCOUNT = 9120345


def listener(told: list[Event], resyncs: list[str]) -> UserListener:
    clock = iter(range(1_762_960_000_000_000, 1_762_970_000_000_000))
    return UserListener(
        (ACCOUNT,),
        sink=told.append,
        now=lambda: Instant(next(clock)),
        heard=lambda instant, source: None,
        fetch=list,
        resync=resyncs.append,
        noticed=lambda event: None,
    )


def snapshot() -> SnapshotTaken:
    at = Instant(1_762_960_000_000_000)
    return SnapshotTaken(at, ACCOUNT, at, None, (), (), (), at)


def test_of_held_states_only_the_last_is_sent_and_of_fills_every_one(fixture: Callable[[str], Any]) -> None:
    told: list[Event] = []
    ears = listener(told, [])
    story = fixture("hub_user_entry_with_brackets") + fixture("hub_user_stop_fill_flat")

    for message in story:
        ears.hear(message["target"], message["arguments"])
    assert not told
    ears.release([snapshot()])

    assert isinstance(told[0], SnapshotTaken)
    orders = {event.order.id: event.order.status for event in told if isinstance(event, OrderSeen)}
    assert sum(isinstance(event, OrderSeen) for event in told) == 3
    assert set(orders.values()) == {OrderStatus.FILLED, OrderStatus.CANCELLED}
    assert [event.position.size for event in told if isinstance(event, PositionSeen)] == [0]
    assert sum(isinstance(event, FillSeen) for event in told) == 2
    assert sum(isinstance(event, AccountSeen) for event in told) == 1
    assert [event.at for event in told] == sorted(event.at for event in told)


def test_after_the_release_everything_goes_through_at_once(fixture: Callable[[str], Any]) -> None:
    told: list[Event] = []
    ears = listener(told, [])
    ears.release([])
    story = fixture("hub_user_entry_with_brackets")

    for message in story:
        ears.hear(message["target"], message["arguments"])

    expected = [
        type(event)
        for message in story
        for event in hear(message["target"], message["arguments"], told[0].at).events
    ]
    assert [type(event) for event in told] == expected


def test_more_than_can_be_held_ends_the_connection_instead_of_losing_something_quietly(
    fixture: Callable[[str], Any],
) -> None:
    ears = listener([], [])
    message = fixture("hub_user_account_cantrade_false")[0]
    for _ in range(10_001):
        ears.hear(message["target"], message["arguments"])

    with pytest.raises(HubDown, match="more than 10000"):
        ears.tend(None)  # type: ignore[arg-type]


def test_what_cannot_be_read_asks_for_a_snapshot_and_other_accounts_are_left_out(
    fixture: Callable[[str], Any],
) -> None:
    told: list[Event] = []
    resyncs: list[str] = []
    ears = listener(told, resyncs)
    ears.release([])
    message = fixture("hub_user_account_cantrade_false")[0]
    row = message["arguments"][0]["data"]

    ears.hear("GatewayUserAccount", [{"action": 1, "data": row | {"id": 1}}])
    ears.hear("GatewayUserAccount", [{"action": 1, "data": row | {"balance": "much"}}])

    assert not told
    assert resyncs == ["GatewayUserAccount: balance of an account cannot be read"]
