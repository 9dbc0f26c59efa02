"""Exits: the orders that protected what we closed, and must not open something new once it is gone."""

from itertools import takewhile

from engine.enforcement import Enforcement
from engine.exposure import exits_at_stake, orders_of
from engine.reduce.flight import SKEW
from engine.state import State
from engine.units import SECOND, Instant
from engine.venue import OrderKind, Side

SHOWN_LATE = 45 * SECOND
"""How long after the proof an order that was left over is cleared away: the last look (30 s) and its answer (15 s)."""


def exits_left(state: State, contract: str, record: Enforcement | None) -> frozenset[int]:
    """Return the exits that a record knows of, and those that showed only after its position was gone."""
    if record is None:
        return frozenset()
    return record.exits | _shown_late(state, contract, record)


def exits_now(state: State, contract: str) -> frozenset[int]:
    """Return the exits of what is held now."""
    return frozenset(order.id for order in exits_at_stake(state, contract))


def closed_lately(state: State, contract: str) -> Enforcement | None:
    """Return the record by which a contract went flat lately: an exit may be left over that showed only afterwards."""
    if state.size(contract):
        return None
    closed = (record for record in state.enforcements.values() if record.targets.get(contract) == 0)
    recent = (r for r in closed if r.proven_at is not None and r.proven_at + SHOWN_LATE >= state.now)
    return max(recent, key=lambda record: record.proven_at or 0, default=None)


def _shown_late(state: State, contract: str, record: Enforcement) -> frozenset[int]:
    """Return the orders against a position that we closed which were there before, and were not known to be its exits."""
    if state.size(contract) or record.targets.get(contract) != 0:
        return frozenset()
    told = _first_told(contract, record), _last_filled(state, contract, record)
    return frozenset(
        order.id
        for order in orders_of(state, contract)
        if order.kind is not OrderKind.MARKET
        and any(order.created_at < until.get(order.side, 0) for until in told)
    )


def _first_told(contract: str, record: Enforcement) -> dict[Side, Instant]:
    """Return until when exits of the size that a record began with came into being, by their side."""
    closed = record.before.get(contract, 0)
    return {Side.SELL if closed > 0 else Side.BUY: record.sent_at} if closed and record.sent_at else {}


def _last_filled(state: State, contract: str, record: Enforcement) -> dict[Side, Instant]:
    """Return the same of the size that was closed in the end: the fill that left nothing tells its side, and when.

    A position may have grown or turned around unheard before our request got there.
    """
    since, until = record.detected_at - SKEW, (record.proven_at or state.now) + SKEW
    recent = takewhile(lambda fill: fill.executed_at >= since, reversed(state.ledger.fills))
    during = (fill for fill in recent if fill.contract == contract and fill.executed_at <= until)
    last = next(during, None)
    return {} if last is None else {last.side: last.executed_at}
