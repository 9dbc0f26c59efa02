"""The best that each open position has seen: kept for as long as the position lives, from the marks we heard."""

from engine.held import Peak
from engine.marks import mark, open_pnl, profit_ticks
from engine.rule import Topic
from engine.units import Money
from engine.venue import Position
from engine.work import Work

RAISED_BY = frozenset({Topic.QUOTES, Topic.POSITIONS, Topic.FILLS})
"""What can raise a peak."""


def note_peaks(work: Work) -> None:
    """Raise the peaks of positions by their marks; forget those of positions that are gone."""
    state = work.state
    if work.changed.isdisjoint(RAISED_BY) and state.instruments is work.before.instruments:
        return  # time alone raises no peak
    for contract in state.peaks:
        if contract not in state.positions:
            work.put("peaks", contract, None)
    if state.settling_since is not None:
        return  # a result could count twice
    for contract, position in state.positions.items():
        fresh = _raised(work, position)
        if fresh is not None:
            work.put("peaks", contract, fresh)


def _raised(work: Work, position: Position) -> Peak | None:
    settings = work.rules.settings
    price = mark(work.state, settings, position)
    ticks = profit_ticks(work.state, settings, position)
    pnl = open_pnl(work.state, settings, position)
    if price is None or ticks is None or pnl is None:
        return None
    profit = Money(pnl + work.state.booked(position.contract))
    old = work.state.peaks.get(position.contract)
    is_long = position.size > 0
    if old is None or (old.opened_at, old.is_long) != (position.opened_at, is_long):
        return Peak(position.opened_at, is_long, price, ticks, Money(max(profit, 0)))
    best = max(old.best_price, price) if is_long else min(old.best_price, price)
    return Peak(position.opened_at, is_long, best, max(old.ticks, ticks), max(old.profit, profit))
