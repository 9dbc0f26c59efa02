"""Recognising our own orders where the request could carry no tag (decision 16)."""

from dataclasses import replace
from itertools import takewhile

from engine.units import SECOND, Instant
from engine.venue import Fill, Order, OrderKind, Side
from engine.work import Work

WINDOW = 10 * SECOND
"""How long after a sized request an untagged market order can still be its effect."""

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
        if fits and act.at - SKEW <= at <= act.at + WINDOW:
            acts = list(work.state.own_acts)
            acts[index] = replace(act, order_id=order_id)
            work.set(own_acts=tuple(acts), ledger=replace(ledger, own_orders=ledger.own_orders | {order_id}))
            return
