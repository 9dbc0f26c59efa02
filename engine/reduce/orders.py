"""Orders: merged by id, so that neither duplicates nor late messages bring a dead order back."""

from engine.events import SnapshotTaken
from engine.reduce.own import recognise_order
from engine.reduce.positions import interested_in
from engine.rule import Topic
from engine.sizes_told import REST_LAG
from engine.streams import REMEMBERED, PlacedItem, Stream
from engine.units import SCALE, Contracts, Instant
from engine.venue import Order, OrderStatus
from engine.work import Work

FINISHED = 500
"""How many finished orders are remembered so that a late message cannot reopen one."""

KEPT = REMEMBERED[Stream.PLACED] + 1
"""Orders sent; the one above those that are counted tells whether a window reaches back further."""


def order_heard(work: Work, order: Order) -> None:
    """Merge what the stream says of an order; it wins over a snapshot asked for earlier."""
    work.put("heard", str(order.id), work.state.now if order.is_working else None)
    order_seen(work, order)


def order_seen(work: Work, order: Order) -> None:
    """Merge one order: what was filled never falls, a terminal status never reopens (`signalr-notes.md` 4.9)."""
    recognise_order(work, order)
    before = work.state.orders.get(order.id)
    if not order.is_working:
        if before is None and order.id not in work.state.done:
            _note_placed(work, order)
        if order.id not in work.state.done:
            work.set(done=(*work.state.done[-FINISHED:], order.id))
        if before is not None:
            _take_out(work, order.id)
        return
    if order.id in work.state.done or (before is not None and _is_older(before, order)):
        return
    if before != order:
        if before is None:
            _note_placed(work, order)
        work.put("orders", order.id, order)
        interested_in(work, order.contract)
        work.changed.update({Topic.ORDERS, Topic.POSITIONS})


def _note_placed(work: Work, order: Order) -> None:
    """Count an order that the trader sent. Legs of a bracket and our own orders are none."""
    is_ours = order.id in work.state.ledger.own_orders or order.is_tagged_ours
    if order.parent_id is not None or is_ours:
        return
    root = work.state.root(order.contract)
    item = PlacedItem(order.created_at, Contracts(order.size * SCALE), root, order.contract, order.side.value)
    kept = sorted((*work.state.placed, item), key=lambda one: one.at)
    work.set(placed=tuple(kept[-KEPT:]))


def orders_resynced(work: Work, event: SnapshotTaken) -> None:
    """Take the venue's list; what we heard of so lately that it may not show it stays.

    So do suspended legs it cannot show, as long as their entry works: then they wake, and are shown, or are gone.
    """
    listed = {order.id for order in event.orders}
    for order in work.state.orders.values():
        is_hidden = (
            order.status is OrderStatus.SUSPENDED and not event.has_suspended and order.parent_id in listed
        )
        if order.id not in listed and not is_hidden and _is_newer(work, order, event.asked_at):
            _take_out(work, order.id)
    for order in event.orders:
        if _is_newer(work, order, event.asked_at):
            order_seen(work, order)


def _take_out(work: Work, order_id: int) -> None:
    """Forget an order that is over, and everything kept about it."""
    work.put("orders", order_id, None)
    for name in ("heard", "quiet", "moved"):
        work.put(name, str(order_id), None)
    work.changed.update({Topic.ORDERS, Topic.POSITIONS})


def _is_newer(work: Work, order: Order, asked_at: Instant) -> bool:
    """Say whether a reading that was asked for then shows what the stream told of an order, or more."""
    heard = work.state.heard.get(str(order.id))
    return heard is None or heard + REST_LAG <= asked_at


def _is_older(before: Order, order: Order) -> bool:
    if order.filled < before.filled:
        return True
    return before.status is OrderStatus.OPEN and order.status in {OrderStatus.SUSPENDED, OrderStatus.PENDING}
