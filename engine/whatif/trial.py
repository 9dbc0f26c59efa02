"""An order that nobody sent, as the messages in which the venue would tell of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.events import AccountSeen, Event, FillSeen, OrderSeen, PositionSeen, QuoteSeen
from engine.instruments import money_for, ticks_between
from engine.state import State
from engine.units import SCALE, Instant, Money, Price, Ticks
from engine.venue import Fill, Order, OrderKind, OrderStatus, Position, Side

TAG = "what-if"
"""Such an order is the trader's, never mistaken for one of ours."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A market order: `size` contracts, with a stop `stop` ticks away or none. `size` has no sign."""

    contract: str
    side: Side
    size: int
    stop: Ticks | None = None


def known_costs(state: State, contract: str) -> Money | None:
    """Return what a fill costs for one contract: as the latest fill of that symbol did; None before the first."""
    root = state.root(contract)
    fills = (fill for fill in reversed(state.ledger.fills) if not fill.voided)
    last = next((fill for fill in fills if state.root(fill.contract) == root), None)
    return None if last is None else Money(last.costs // last.size)


def entry(state: State, trial: Trial, price: Price, now: Instant) -> Iterator[Event]:
    """Yield what the venue says, in its order, when the order fills at `price` at once.

    Source: `hub_user_entry_with_brackets` of the recorded shapes: leg, order, fills with positions, account, leg.
    """
    order = Order(
        _fresh_order(state), trial.contract, trial.side, OrderKind.MARKET, trial.size, 0, OrderStatus.PENDING, now,
        tag=TAG,
    )  # fmt: skip
    stop = _stop_order(state, trial, order, price)
    if stop is not None:
        yield OrderSeen(now, state.account, stop)
    yield OrderSeen(now, state.account, order)
    yield OrderSeen(now, state.account, replace(order, filled=order.size, status=OrderStatus.FILLED))
    yield from fills(state, order, price, now)
    if stop is not None:
        yield OrderSeen(now, state.account, replace(stop, status=OrderStatus.OPEN))


def stopped_out(state: State, stop: Order, now: Instant) -> Iterator[Event]:
    """Yield the price going to a stop, and the stop filling there."""
    assert stop.stop_price is not None
    heard = state.quotes.get(stop.contract)
    if heard is not None:
        level = stop.stop_price
        yield QuoteSeen(now, replace(heard.quote, bid=level, ask=level, last=level, quoted_at=now))
    yield OrderSeen(now, state.account, replace(stop, filled=stop.size, status=OrderStatus.FILLED))
    yield from fills(state, stop, stop.stop_price, now)


def fills(state: State, order: Order, price: Price, now: Instant) -> Iterator[Event]:
    """Yield each fill with its position, then the account row, of an order that fills whole; a flip is two fills."""
    held = state.positions.get(order.contract)
    size = held.size if held else 0
    closing = min(order.size, abs(size)) if size * order.side.sign < 0 else 0
    costs = known_costs(state, order.contract) or 0
    number, booked = _fresh_fill(state), 0
    for part, is_closing in ((closing, True), (order.size - closing, False)):
        if not part:
            continue
        result = _result(state, held, part, price) if is_closing else None
        fill = Fill(
            number, order.id, order.contract, order.side, part, price, result, Money(costs * part), now
        )
        number, booked = number + 1, booked + fill.net
        yield FillSeen(now, state.account, fill)
        held = _next_position(held, order.contract, order.side.sign * part, price, now)
        yield PositionSeen(now, state.account, held)
    if state.status is not None:
        status = replace(state.status, balance=Money(state.status.balance + booked))
        yield AccountSeen(now, state.account, status)


def _stop_order(state: State, trial: Trial, parent: Order, price: Price) -> Order | None:
    """Return the protective leg of an order, asleep until it fills; the venue makes one whatever the order does."""
    instrument = state.instruments.get(trial.contract)
    if trial.stop is None or instrument is None:
        return None
    level = Price(price - trial.side.sign * trial.stop * instrument.tick_size // SCALE)
    return Order(
        parent.id + 1, trial.contract, trial.side.opposite, OrderKind.STOP, trial.size, 0, OrderStatus.SUSPENDED,
        parent.created_at, stop_price=level, parent_id=parent.id,
    )  # fmt: skip


def _result(state: State, held: Position | None, size: int, price: Price) -> Money | None:
    """Return the signed gross result of closing `size` contracts (no sign) of a position at a price."""
    instrument = state.instruments.get(held.contract) if held else None
    if held is None or instrument is None:
        return None
    ticks = ticks_between(instrument, held.average_price, price)
    return money_for(instrument, ticks, size if held.size > 0 else -size)


def _next_position(held: Position | None, contract: str, change: int, price: Price, now: Instant) -> Position:
    """Return the position after one more fill of a signed size, which never crosses flat."""
    if held is None or held.size == 0:
        return Position(contract, change, price, now)
    after = held.size + change
    if held.size * change < 0:
        return replace(held, size=after)
    paid = held.average_price * abs(held.size) + price * abs(change)
    return replace(held, size=after, average_price=Price(paid // abs(after)))


def _fresh_order(state: State) -> int:
    """Return an order id that was never seen; the next one is free, too."""
    filled = (fill.order_id for fill in state.ledger.fills)
    return max((*state.orders, *state.done, *filled), default=0) + 1


def _fresh_fill(state: State) -> int:
    return max(state.ledger.ids, default=0) + 1
