"""Requests under way: when their effect shows, and when nobody waits for them any longer."""

from dataclasses import replace
from itertools import takewhile

from engine.commands import CancelOrder, ClosePosition, MoveStop, PlaceStop, ReducePosition, ResizeOrder
from engine.enforcement import InFlight
from engine.events import Answer
from engine.reduce.quiet import keep_quiet, quiet_key
from engine.state import State
from engine.units import SECOND, Instant
from engine.venue import Fill
from engine.work import Work

ANSWER_WAIT = 15 * SECOND
"""No answer at all: longer than the REST time-outs (3 s to connect, 10 s to read)."""

EFFECT_WAIT = 3 * SECOND
"""Accepted, but the venue's view does not show it yet."""

GONE_WAIT = SECOND
"""Refused, perhaps because it is already as wanted: the stream may be about to say so."""

SKEW = 2 * SECOND
"""How far the venue's stamps may lie before our trusted time (`own.py` has half of that for orders)."""

QUARANTINE = 4 * SECOND
"""Outcome unknown: a request was seen to be executed up to 3 s late (`reliability.md` 2), so look after that."""


def is_done(state: State, flight: InFlight) -> bool:
    """Say whether the venue's view shows what the request was to bring about."""
    match flight.command:
        case ClosePosition(contract=contract):
            return state.size(contract) == 0
        case ReducePosition():
            return _is_reduced(state, flight, flight.command)
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


def _is_reduced(state: State, flight: InFlight, command: ReducePosition) -> bool:
    """Say whether a reduction took effect: its order filled, and the position shows it where fills explain that not.

    What the trader took off, or turned around, meanwhile is no sign that our own request was carried out.
    """
    is_small = _is_small(state, flight)
    if flight.answer is not Answer.ACCEPTED:
        return is_small
    return (flight.is_sure or is_small) and _is_filled(state, flight, command)


def _is_filled(state: State, flight: InFlight, command: ReducePosition) -> bool:
    """Say whether all that a reduction was to take off was filled under its own order."""
    ours = {act.order_id for act in state.own_acts if act.command == command.id} - {None}
    since = flight.made_at - SKEW
    recent = takewhile(lambda fill: fill.executed_at >= since, reversed(state.ledger.fills)) if ours else ()
    return sum(fill.size for fill in recent if fill.order_id in ours) >= command.size


def _is_small(state: State, flight: InFlight) -> bool:
    """Say whether the position is as small as a reduction was to make it."""
    if not isinstance(flight.command, ReducePosition) or flight.expected is None:
        return False
    return abs(state.size(flight.command.contract)) <= flight.expected


def expect_less(work: Work, fill: Fill) -> None:
    """Take a fill of the trader's that made a position smaller off what is left once our own reductions are done."""
    if fill.side.sign * work.state.size(fill.contract) >= 0:
        return
    for key, flight in list(work.state.in_flight.items()):
        command = flight.command
        if isinstance(command, ReducePosition) and command.contract == fill.contract and flight.expected:
            left = max(flight.expected - fill.size, 0)
            work.put("in_flight", key, replace(flight, expected=left))


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
            if flight.answer is not Answer.ACCEPTED:
                continue
            if _is_shown(work.state, flight):
                work.put("quiet", quiet_key(flight.command), None)
            else:
                keep_quiet(work, quiet_key(flight.command))


def _is_shown(state: State, flight: InFlight) -> bool:
    """Say whether a view shows what became of a request. A reduction that filled did its work, whatever is left.

    More can be left than was thought when it was asked for: a fill got lost, or the trader went on.
    """
    command = flight.command
    if isinstance(command, ReducePosition) and _is_filled(state, flight, command):
        return True
    return is_done(state, flight) or _is_small(state, flight)
