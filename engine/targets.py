"""What is wanted of each contract: the join of all demands in force and all locks, with who wants it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from engine.demand import Demand, Pace
from engine.evaluation import facts_for, latch_key, subjects
from engine.exposure import contracts_touched
from engine.facts.stops import protective_stops
from engine.facts.view import View
from engine.fire import demand_of, due_facts, locks_of, say
from engine.held import Phase
from engine.locks import Lock, TradingState
from engine.marks import mark
from engine.rule import Mode
from engine.scope import covers
from engine.subject import Subject, SubjectKind
from engine.units import Price, Ticks
from engine.venue import Order, Side
from engine.work import Work

BOTH = (Side.BUY, Side.SELL)


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants something: a rule's tier, or a lock. What it says for people is only put together when recorded."""

    rule: str
    tier: str
    say: Callable[[], str]
    lock: str = ""

    @property
    def text(self) -> str:
        return self.say()

    @property
    def key(self) -> str:
        return self.lock or f"{self.rule}/{self.tier}"


@dataclass(slots=True)
class Target:
    """The strictest wishes for one contract. `long` and `short` are the largest sizes wanted, None: no limit.

    `closed_sides`: no entry orders on these sides. Reasons are those of the wishes that bind. `floor` and `ceiling`:
    stops of a long no lower, of a short no higher; `required`: there must be a stop, that far from the market.
    `market` is the price at which the position could be left, None: unknown; `stops` its protective orders.
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
    pace: Pace = field(default_factory=Pace)
    required: Ticks | None = None
    stop_reason: Wish | None = None
    market: Price | None = None
    tick: Price | None = None
    stops: tuple[Order, ...] = ()

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
                _apply_lock(target, lock)
    return found


def demands_in_force(work: Work) -> list[tuple[Demand, Wish]]:
    """Return the demands of breached rules that may enforce, computed anew.

    A tier that locks acts through its locks: when an admin lifted them, its old breach wants nothing any more.
    """
    breached = {key for key, latch in work.state.latches.items() if latch.phase is Phase.BREACHED}
    names = {key.partition("/")[0] for key in breached}
    found = []
    for rule in work.rules.rules:
        if rule.name not in names or work.mode(rule) is not Mode.ENFORCE:
            continue
        for subject in subjects(work.state, rule):
            for tier in rule.tiers:
                if latch_key(rule, tier.name, subject) not in breached:
                    continue
                facts = due_facts(work.state, rule, tier, facts_for(work.state, work.rules, rule, subject))
                demand = demand_of(tier, facts)
                if demand.locks and not locks_of(work, rule, tier, facts):
                    continue
                found.append((demand, Wish(rule.name, tier.name, partial(say, rule, tier, facts, demand))))
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


def _apply_stops(target: Target, demand: Demand, reason: Wish) -> None:
    contract = target.contract
    floors = [price for price in (target.floor, demand.floors.get(contract)) if price is not None]
    ceilings = [price for price in (target.ceiling, demand.ceilings.get(contract)) if price is not None]
    distances = [ticks for ticks in (target.required, demand.required.get(contract)) if ticks is not None]
    target.floor, target.ceiling = max(floors, default=None), min(ceilings, default=None)
    target.required = min(distances, default=None)
    target.pace = demand.paces.get(contract, target.pace)
    target.stop_reason = reason


def _look_at_stops(work: Work, target: Target) -> None:
    position = work.state.positions.get(target.contract)
    instrument = work.state.instruments.get(target.contract)
    if position is None or instrument is None or target.stop_reason is None:
        return
    view = View(work.state, work.rules.settings, Subject(SubjectKind.POSITION, target.contract))
    target.market = mark(work.state, work.rules.settings, position)
    target.tick, target.stops = instrument.tick_size, protective_stops(view, position)


def _apply_lock(target: Target, lock: Lock) -> None:
    reason = Wish(lock.rule, "", lambda: lock.reason, lock.id)
    target.close_side(lock.side, reason)
    if lock.state is TradingState.FLAT_ONLY:
        target.limit(lock.side, 0, reason)
        return
    cap = lock.caps.get(target.contract, 0)
    for side in (lock.side,) if lock.side else BOTH:
        target.limit(side, max(cap * side.sign, 0), reason)
