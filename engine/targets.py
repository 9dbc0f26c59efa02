"""What is wanted of each contract: the join of all demands in force and all locks, with who wants it."""

from dataclasses import dataclass, field

from engine.demand import Demand, Pace, quicker
from engine.exposure import contracts_touched
from engine.facts.stops import losing_stops, protective_stops
from engine.facts.view import View
from engine.locks import Lock, TradingState
from engine.marks import mark
from engine.scope import covers
from engine.sizes_told import is_turning
from engine.state import State
from engine.subject import Subject, SubjectKind
from engine.units import Price, Ticks
from engine.venue import Order, Side
from engine.wishes import Wish, demands_in_force
from engine.work import Work

BOTH = (Side.BUY, Side.SELL)


@dataclass(slots=True)
class Target:
    """The strictest wishes for one contract. `long` and `short` are the largest sizes wanted, None: no limit.

    `closed_sides`: no entry orders on these sides. Reasons are those of the wishes that bind. `floor` and `ceiling`:
    stops of a long no lower, of a short no higher; `required`: there must be a stop, that far from the market.
    `market` is the price at which the position could be left, None: unknown; `stops` its stops, however far away.
    `uncovered`: contracts without a stop in the judgement of the rules that require one; `far`: the stops that one of
    them does not count.
    """

    contract: str
    long: int | None = None
    short: int | None = None
    closed_sides: set[Side] = field(default_factory=set)
    reasons: dict[str, Wish] = field(default_factory=dict)
    order_reasons: dict[str, Wish] = field(default_factory=dict)
    bound_by: dict[tuple[str, Side], int] = field(default_factory=dict)
    floor: Price | None = None
    ceiling: Price | None = None
    pace: Pace | None = None
    required: Ticks | None = None
    stop_reason: Wish | None = None
    market: Price | None = None
    tick: Price | None = None
    stops: tuple[Order, ...] = ()
    uncovered: int = 0
    far: frozenset[int] = frozenset()

    def cap(self, size: int) -> int | None:
        """Return the largest size (no sign) wanted on the side of a signed size."""
        return self.long if size > 0 else self.short

    def limit(self, side: Side | None, size: int, reason: Wish) -> None:
        """Take one more wish for a largest size on a side, or on both."""
        key = reason.key
        self.reasons[key] = reason
        if side is not Side.SELL:
            self.long = size if self.long is None else min(self.long, size)
            self.bound_by[key, Side.BUY] = min(size, self.bound_by.get((key, Side.BUY), size))
        if side is not Side.BUY:
            self.short = size if self.short is None else min(self.short, size)
            self.bound_by[key, Side.SELL] = min(size, self.bound_by.get((key, Side.SELL), size))

    def close_side(self, side: Side | None, reason: Wish) -> None:
        """Take one more wish for no entry orders."""
        self.closed_sides.update((side,) if side else BOTH)
        self.order_reasons[reason.key] = reason

    def broken(self, size: int) -> tuple[Wish, ...]:
        """Return the reasons whose wish a signed size breaks, the strictest first; all of them are recorded."""
        side = Side.BUY if size > 0 else Side.SELL
        found = [(self.bound_by.get((key, side)), reason) for key, reason in self.reasons.items()]
        broken = [(most, reason) for most, reason in found if most is not None and most < abs(size)]
        return tuple(
            reason for _, reason in sorted(broken, key=lambda one: (one[0], one[1].rule, one[1].lock))
        )


def targets(work: Work) -> dict[str, Target]:
    """Return what is wanted of each contract with a position or working orders."""
    found = {contract: Target(contract) for contract in contracts_touched(work.state)}
    for demand, reason in demands_in_force(work):
        for target in found.values():
            _apply_demand(work, target, demand, reason)
    for target in found.values():
        _look_at_stops(work, target)
    for lock in work.state.locks.values():
        for target in found.values():
            if covers(lock.scope, target.contract, work.state.root(target.contract)):
                _apply_lock(work.state, target, lock)
    return found


def _apply_demand(work: Work, target: Target, demand: Demand, reason: Wish) -> None:
    root = work.state.root(target.contract)
    for scope, size in demand.caps.items():
        if covers(scope, target.contract, root):
            target.limit(None, size, reason)
    for scope, side in demand.cancels:
        if covers(scope, target.contract, root):
            target.close_side(side, reason)
    contract = target.contract
    if contract in demand.floors or contract in demand.ceilings or contract in demand.required:
        _apply_stops(target, demand, reason)
    if contract in demand.required:
        _look_for_stops(work, target, reason)


def _apply_stops(target: Target, demand: Demand, reason: Wish) -> None:
    contract = target.contract
    floors = [price for price in (target.floor, demand.floors.get(contract)) if price is not None]
    ceilings = [price for price in (target.ceiling, demand.ceilings.get(contract)) if price is not None]
    distances = [ticks for ticks in (target.required, demand.required.get(contract)) if ticks is not None]
    target.floor, target.ceiling = max(floors, default=None), min(ceilings, default=None)
    target.required = min(distances, default=None)
    if contract in demand.paces:
        pace = demand.paces[contract]
        target.pace = quicker(pace, target.pace) if target.pace is not None else pace
    target.stop_reason = reason


def _look_for_stops(work: Work, target: Target, reason: Wish) -> None:
    """Note what a rule that requires a stop finds uncovered, by its own settings; what is unknown counts as covered."""
    position = work.state.positions.get(target.contract)
    if position is None or reason.settings is None:
        return
    view = View(work.state, reason.settings, Subject(SubjectKind.POSITION, target.contract))
    counted = protective_stops(view, position)
    covered = sum(order.remaining for order in counted)
    target.uncovered = max(target.uncovered, abs(position.size) - covered)
    target.far |= {order.id for order in losing_stops(view, position) if order not in counted}


def _look_at_stops(work: Work, target: Target) -> None:
    position = work.state.positions.get(target.contract)
    instrument = work.state.instruments.get(target.contract)
    if position is None or instrument is None or target.stop_reason is None:
        return
    view = View(work.state, work.rules.settings, Subject(SubjectKind.POSITION, target.contract))
    target.market = mark(work.state, work.rules.settings, position)
    target.tick, target.stops = instrument.tick_size, losing_stops(view, position)


def _apply_lock(state: State, target: Target, lock: Lock) -> None:
    reason = Wish(lock.rule, "", lambda: lock.reason, lock.id)
    target.close_side(lock.side, reason)
    if lock.state is TradingState.FLAT_ONLY:
        target.limit(lock.side, 0, reason)
        return
    if is_turning(state, target.contract):
        return  # which size is to be held against the cap shows with the position, or when the wait for it ends
    cap = lock.caps.get(target.contract, 0)
    for side in (lock.side,) if lock.side else BOTH:
        target.limit(side, max(cap * side.sign, 0), reason)
