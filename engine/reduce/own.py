"""Recognising our own orders where the request could carry no tag (decision 16)."""

from dataclasses import replace
from itertools import takewhile

from engine.enforcement import OwnAct
from engine.state import State
from engine.units import MINUTE, SECOND, Instant
from engine.venue import Fill, Order, OrderKind, Side
from engine.work import Work

WINDOW = 10 * SECOND
"""How long after a sized request, or its answer, an untagged market order can still be its effect.

Between the two a machine can sleep, and the order then comes into being long after its request was made.
"""

SKEW = SECOND
"""How far the venue's stamps may lie before our trusted time, which is never ahead of the venue by more than that.

Whatever is older than the request cannot be its effect: it is the trader's own.
"""


def recognise_order(work: Work, order: Order) -> None:
    """Book an untagged market order as ours when it fits a request: contract, side, size and time.

    Only at the first sight of it: a request that went out after that cannot have made it.
    """
    is_first = order.id not in work.state.orders and not _has_filled(work, order.id)
    if order.kind is OrderKind.MARKET and order.tag is None and is_first:
        _claim(work, order.id, order.contract, order.side, order.size, order.created_at)


def recognise_fill(work: Work, fill: Fill) -> None:
    """Book the order of a fill that came before it as ours; a part of the size is enough."""
    if fill.order_id not in work.state.orders:
        _claim(work, fill.order_id, fill.contract, fill.side, fill.size, fill.executed_at)


def never_an_order(work: Work, command: str) -> None:
    """Forget a request that the venue refused: no order can be its effect."""
    left = tuple(act for act in work.state.own_acts if act.command != command or act.order_id is not None)
    if len(left) != len(work.state.own_acts):
        work.set(own_acts=left)


def answered_now(work: Work, command: str) -> None:
    """Note that a request was answered, so that it may have become an order until now."""
    acts = work.state.own_acts
    if any(act.command == command for act in acts):
        now = work.state.now
        told = (replace(act, answered_at=now) if act.command == command else act for act in acts)
        work.set(own_acts=tuple(told))


def is_remembered(state: State, act: OwnAct) -> bool:
    """Say whether an order may still turn out to be the effect of a request."""
    return _under_way_until(state, act) > state.now - MINUTE


def _may_become(state: State, act: OwnAct, at: Instant) -> bool:
    """Say whether a request can have become an order that came into being then, by the venue's time."""
    return act.at - SKEW <= at <= _under_way_until(state, act) + WINDOW


def _under_way_until(state: State, act: OwnAct) -> Instant:
    """Return when a request was answered; now, where it has no answer yet, and when it was sent, where none can come."""
    flight = state.in_flight.get(act.command)
    if flight is not None and flight.answer is None:
        return state.now
    return act.at if act.answered_at is None else act.answered_at


def _has_filled(work: Work, order_id: int) -> bool:
    """Say whether a fill of an order was told before the order itself was."""
    since = work.state.now - WINDOW
    recent = takewhile(lambda fill: fill.executed_at > since, reversed(work.state.ledger.fills))
    return any(fill.order_id == order_id for fill in recent)


def _claim(work: Work, order_id: int, contract: str, side: Side, size: int, at: Instant) -> None:
    """Claim an order that came into being `at` (the venue's time), unless it was already counted as an entry."""
    ledger = work.state.ledger
    if order_id in ledger.own_orders or order_id in work.state.done or order_id in work.state.book.entered:
        return
    for index, act in reversed(list(enumerate(work.state.own_acts))):  # the latest request is the likeliest
        fits = (act.contract, act.side, act.order_id) == (contract, side, None) and size <= act.size
        if fits and _may_become(work.state, act, at):
            acts = list(work.state.own_acts)
            acts[index] = replace(act, order_id=order_id)
            work.set(own_acts=tuple(acts), ledger=replace(ledger, own_orders=ledger.own_orders | {order_id}))
            return
