"""Auto OCO brackets: suspended children that wake when the entry fills, and a sibling that goes when a leg fills.

Nothing here cancels a leg because the position is gone: on the real venue legs outlive a close.
"""

from dataclasses import dataclass, replace
from functools import partial

from connectors.simulator.core.answers import Answer, PlaceCode
from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.records import Order
from connectors.simulator.core.venue import Venue

LEAST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bracket:
    """A wanted leg. `ticks` is signed, from the entry price."""

    ticks: int
    type: int


def problem(side: Side, stop: Bracket | None, target: Bracket | None) -> Answer | None:
    """Return why these brackets are refused for an entry of `side`, or None."""
    return _leg_problem("stop loss", stop, -side.sign, (4, 5)) or _leg_problem(
        "take profit", target, side.sign, (1,)
    )


def add_children(venue: Venue, entry: Order, stop: Bracket | None, target: Bracket | None) -> None:
    """Create the suspended children: stop first, then (after the entry itself) the target pointing to the stop."""
    stop_id = venue.new_order_id() if stop else None
    if stop and stop_id:
        venue.save_order(_child(entry, stop_id, stop, "-SL", None))
    venue.save_order(entry)
    if target:
        venue.save_order(_child(entry, venue.new_order_id(), target, "-TP", stop_id))


def children(venue: Venue, entry_id: int) -> list[Order]:
    """Return the live children of an entry, oldest first."""
    contract_id = venue.orders[entry_id].contract_id
    live = sorted(venue.live.get(contract_id, ()))
    return [venue.orders[i] for i in live if venue.orders[i].parent_id == entry_id]


def after_fill(venue: Venue, order: Order) -> None:
    """Plan what a completed order brings: its children wake, or its sibling goes."""
    if order.status is not Status.FILLED:
        return
    if order.parent_id is not None:
        siblings = [child for child in children(venue, order.parent_id) if child.id != order.id]
        for sibling in siblings:
            venue.later(
                venue.settings.sibling_delay_ms, partial(venue.end_order, sibling.id, Status.CANCELLED)
            )
    wake_children(venue, order.id)


def wake_children(venue: Venue, entry_id: int) -> None:
    """Plan that the suspended children of an entry start to work, for as many contracts as it has filled."""
    for child in reversed(children(venue, entry_id)):
        venue.later(venue.settings.leg_delay_ms, partial(_wake, venue, child.id))


def _leg_problem(what: str, leg: Bracket | None, sign: int, types: tuple[int, ...]) -> Answer | None:
    if leg is None:
        return None
    if leg.type not in types:
        names = {1: "Limit", 2: "Market", 3: "StopLimit", 4: "Stop", 5: "TrailingStop"}
        return _refused(f"Invalid {what} type ({names.get(leg.type, leg.type)})")
    if leg.ticks * sign <= 0:
        wanted = "less" if sign < 0 else "greater"
        longing = (sign < 0) == (what == "stop loss")
        word = "longing" if longing else "shorting"
        return _refused(
            f"Invalid {what} ticks ({leg.ticks}). Ticks should be {wanted} than zero when {word}."
        )
    if abs(leg.ticks) < LEAST_TICKS:
        return _refused(f"Invalid {what} ticks ({leg.ticks}). The minimum distance is {LEAST_TICKS} ticks.")
    return None


def _refused(message: str) -> Answer:
    return Answer(PlaceCode.REJECTED, message)


def _child(entry: Order, child_id: int, leg: Bracket, suffix: str, linked_id: int | None) -> Order:
    return replace(
        entry,
        id=child_id,
        status=Status.SUSPENDED,
        type=OrderType(leg.type),
        side=entry.side.opposite,
        limit_price=None,
        stop_price=None,
        tag=f"{entry.tag}{suffix}" if entry.tag else None,
        trail_ticks=leg.ticks,
        parent_id=entry.id,
        linked_id=linked_id,
    )


def _wake(venue: Venue, child_id: int) -> None:
    child = venue.orders[child_id]
    if child.status is not Status.SUSPENDED or child.parent_id is None:
        return
    entry = venue.orders[child.parent_id]
    if entry.filled_price is None or child.trail_ticks is None:
        return
    contract = venue.markets[child.contract_id].contract
    level = contract.price(contract.ticks(entry.filled_price) + child.trail_ticks)
    is_target = child.type is OrderType.LIMIT
    venue.save_order(
        replace(
            child,
            status=Status.OPEN,
            size=entry.filled,
            updated=venue.now,
            limit_price=child.limit_price or level if is_target else None,
            stop_price=None if is_target else child.stop_price or level,
        )
    )
