"""Commands over the real wire: sent once, and every ending has the right answer."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.rest.refusals import CANCEL, CLOSE, MODIFY, PARTIAL_CLOSE, PLACE
from engine.commands import (
    CancelOrder,
    ClosePosition,
    Command,
    MoveStop,
    PlaceStop,
    ReducePosition,
    ResizeOrder,
    TakeSnapshot,
)
from engine.events import Answer, CommandAnswered, OrderSeen, Refusal, SnapshotTaken
from engine.units import Instant, Price
from engine.venue import OrderKind, OrderStatus, Side

MNQ = "CON.F.US.MNQ.Z26"
COMMANDS: dict[str, Command] = {
    CLOSE: ClosePosition("c", "e", MNQ),
    PARTIAL_CLOSE: ReducePosition("c", "e", MNQ, 1),
    CANCEL: CancelOrder("c", "e", MNQ, 77),
    MODIFY: ResizeOrder("c", "e", MNQ, 77, 1),
    PLACE: PlaceStop("c", "e", MNQ, Side.SELL, 1, Price(25_400_250_000_000), "guard-1"),
}
GONE, PAUSED, FORBIDDEN, OTHER = Refusal.GONE, Refusal.PAUSED, Refusal.FORBIDDEN, Refusal.OTHER
CODES: dict[str, dict[int, Refusal | None]] = {  # None: the outcome is unknown
    CLOSE: {1: FORBIDDEN, 2: GONE, 3: OTHER, 4: PAUSED, 5: PAUSED, 6: None, 7: None, 8: FORBIDDEN, 99: None},
    PARTIAL_CLOSE: {
        1: FORBIDDEN,
        2: GONE,
        3: OTHER,
        4: PAUSED,
        5: GONE,
        6: PAUSED,
        7: None,
        8: None,
        9: FORBIDDEN,
    },
    CANCEL: {1: FORBIDDEN, 2: GONE, 3: PAUSED, 4: None, 5: None, 6: FORBIDDEN},
    MODIFY: {1: FORBIDDEN, 2: GONE, 3: OTHER, 4: None, 5: None, 6: FORBIDDEN, 7: OTHER, -3: None},
    PLACE: {
        1: FORBIDDEN,
        2: OTHER,
        3: OTHER,
        4: FORBIDDEN,
        5: PAUSED,
        6: None,
        7: None,
        8: OTHER,
        9: PAUSED,
        10: FORBIDDEN,
    },
}


def test_each_error_code_of_each_endpoint_means_what_it_means_there(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk()
    client.gateway.connect()

    for path, codes in CODES.items():
        for code, refusal in codes.items():
            simulator.control("/sim/faults/rest", {"kind": "code", "path": path, "code": code, "times": 1})
            answered = client.gateway.execute(account, COMMANDS[path])
            expected = Answer.UNKNOWN if refusal is None else Answer.REFUSED
            assert (answered.answer, answered.refusal) == (expected, refusal), (path, code)


@pytest.mark.parametrize(
    ("fault", "answer", "refusal", "was_sent"),
    [
        ({"kind": "status", "status": 429}, Answer.REFUSED, Refusal.LIMITED, True),
        ({"kind": "status", "status": 400}, Answer.REFUSED, Refusal.OTHER, True),
        ({"kind": "status", "status": 404}, Answer.REFUSED, Refusal.OTHER, True),
        ({"kind": "status", "status": 401}, Answer.UNKNOWN, None, True),
        ({"kind": "status", "status": 500}, Answer.UNKNOWN, None, True),
        ({"kind": "status", "status": 502}, Answer.UNKNOWN, None, True),
        ({"kind": "drop_before"}, Answer.UNKNOWN, None, True),
        ({"kind": "drop_after"}, Answer.UNKNOWN, None, True),
        ({"kind": "hang_before", "seconds": 3}, Answer.UNKNOWN, None, True),
        ({"kind": "hang_after", "seconds": 3}, Answer.UNKNOWN, None, True),
        ({"kind": "garbage"}, Answer.UNKNOWN, None, True),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_a_close_is_sent_once_whatever_happens_to_it(
    fault: dict[str, Any],
    answer: Answer,
    refusal: Refusal | None,
    was_sent: bool,
    simulator: SimulatorProcess,
    desk: Callable[..., Any],
) -> None:
    account, client = simulator.accounts[0], desk(rest_read=0.7)
    client.gateway.connect()
    simulator.place(account, "MNQ", "buy", 2)
    simulator.control("/sim/faults/rest", fault | {"path": CLOSE, "times": 1})

    answered = client.gateway.execute(account, ClosePosition("c", "e", MNQ))

    assert (answered.answer, answered.refusal) == (answer, refusal)
    assert answered.text
    assert simulator.control("/sim/connections")["requests"][CLOSE] == 1


def test_a_venue_that_cannot_be_reached_leaves_the_outcome_unknown(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.connect()
    simulator.close()

    answered = client.gateway.execute(simulator.accounts[0], ClosePosition("c", "e", MNQ))
    seen = client.gateway.execute(simulator.accounts[0], TakeSnapshot("s", "e", Instant(0)))

    assert (answered.answer, seen.answer) == (Answer.UNKNOWN, Answer.UNKNOWN)


def test_reduce_resize_move_close_and_cancel_do_at_the_venue_what_they_say(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk().start()
    simulator.place(account, "MNQ", "buy", 3, stopTicks=80, targetTicks=160)
    client.until(lambda: sum(event.order.status is OrderStatus.OPEN for event in client.of(OrderSeen)) == 2)
    gateway = client.gateway

    def accepted(command: Command) -> None:
        answered = gateway.execute(account, command)
        assert isinstance(answered, CommandAnswered)
        assert (answered.answer, answered.command) == (Answer.ACCEPTED, command.id)

    accepted(ReducePosition("1", "e", MNQ, 1))
    client.until(lambda: client.size(account, MNQ) == 2)
    view = gateway.execute(account, TakeSnapshot("2", "e", Instant(client.now() - 3_600_000_000)))
    assert isinstance(view, SnapshotTaken)
    stop = next(order for order in view.orders if order.stop_price is not None)
    accepted(ResizeOrder("3", "e", MNQ, stop.id, 2))
    accepted(MoveStop("4", "e", MNQ, stop.id, Price((stop.stop_price or 0) + 2_250_000_000)))
    moved = {order["id"]: order for order in simulator.state(account)["orders"]}[stop.id]
    assert (moved["size"], int(moved["stopPrice"] * 10**9)) == (2, (stop.stop_price or 0) + 2_250_000_000)
    accepted(ClosePosition("5", "e", MNQ))
    client.until(lambda: client.size(account, MNQ) == 0)
    for order in view.orders:
        accepted(CancelOrder("6", "e", MNQ, order.id))
    client.until(lambda: not simulator.state(account)["working"])
    assert simulator.state(account)["flat"]


def test_a_protective_stop_is_placed_once_even_when_the_answer_is_lost(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk().start()
    simulator.place(account, "MNQ", "buy", 1)
    client.until(lambda: client.size(account, MNQ) == 1)
    simulator.control("/sim/faults/rest", {"kind": "drop_after", "path": PLACE, "times": 1})

    answered = client.gateway.execute(account, COMMANDS[PLACE])

    assert answered.answer is Answer.UNKNOWN
    client.until(lambda: any(event.order.tag == "guard-1" for event in client.of(OrderSeen)))
    (stop,) = client.gateway.snapshot(account, client.now()).orders
    assert (stop.kind, stop.side, stop.stop_price) == (OrderKind.STOP, Side.SELL, 25_400_250_000_000)
    assert client.gateway.execute(account, COMMANDS[PLACE]).refusal is Refusal.OTHER


def test_our_own_limit_refuses_before_anything_is_sent(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(requests=6, requests_background=3)
    client.gateway.connect()

    answers = [client.gateway.execute(simulator.accounts[0], COMMANDS[CLOSE]) for _ in range(6)]

    assert [one.refusal for one in answers] == [Refusal.GONE] * 3 + [Refusal.LIMITED] * 3
    assert simulator.control("/sim/connections")["requests"][CLOSE] == 3
