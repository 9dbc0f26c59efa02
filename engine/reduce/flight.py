"""Requests under way: when their effect shows, and when nobody waits for them any longer."""

from engine.commands import CancelOrder, ClosePosition, MoveStop, PlaceStop, ReducePosition, ResizeOrder
from engine.enforcement import InFlight
from engine.events import Answer
from engine.reduce.quiet import keep_quiet, quiet_key
from engine.state import State
from engine.units import SECOND, Instant
from engine.work import Work

ANSWER_WAIT = 15 * SECOND
"""No answer at all: longer than the REST time-outs (3 s to connect, 10 s to read)."""

EFFECT_WAIT = 3 * SECOND
"""Accepted, but the venue's view does not show it yet."""

GONE_WAIT = SECOND
"""Refused, perhaps because it is already as wanted: the stream may be about to say so."""

QUARANTINE = 4 * SECOND
"""Outcome unknown: a request was seen to be executed up to 3 s late (`reliability.md` 2), so look after that."""


def is_done(state: State, flight: InFlight) -> bool:
    """Say whether the venue's view shows what the request was to bring about."""
    match flight.command:
        case ClosePosition(contract=contract) | ReducePosition(contract=contract):
            return flight.expected is not None and abs(state.size(contract)) <= flight.expected
        case CancelOrder(order_id=order_id):
            return order_id not in state.orders
        case ResizeOrder(order_id=order_id, size=size):
            order = state.orders.get(order_id)
            return order is None or order.size <= size
        case MoveStop(order_id=order_id, price=price):
            order = state.orders.get(order_id)
            return order is None or order.stop_price == price
        case PlaceStop(tag=tag):
            return any(order.tag == tag for order in state.orders.values())
        case _:
            return False


def settle(work: Work) -> None:
    """Forget the requests whose effect the venue shows and that were answered."""
    for key, flight in list(work.state.in_flight.items()):
        if flight.answer in (Answer.ACCEPTED, Answer.REFUSED) and is_done(work.state, flight):
            work.put("in_flight", key, None)
            work.put("quiet", quiet_key(flight.command), None)


def settle_by_snapshot(work: Work, asked_at: Instant) -> None:
    """Forget the requests about which a view asked for after their deadline has the last word."""
    for key, flight in list(work.state.in_flight.items()):
        if flight.answer is not None and asked_at >= flight.deadline:
            work.put("in_flight", key, None)
            if flight.answer is Answer.ACCEPTED and not is_done(work.state, flight):
                keep_quiet(work, quiet_key(flight.command))
