"""budget: how many more losing trades of a given size the rules allow."""

from dataclasses import dataclass

from engine.events import AccountSeen, Event, FillSeen, LockLifted
from engine.locks import EndKind, Lock
from engine.outcome import DecisionKind
from engine.rule import RuleSet
from engine.scope import covers
from engine.state import State
from engine.units import Instant, Money, Price
from engine.venue import Fill, Side
from engine.whatif.walk import Walk

MOST = 100
"""Losers beyond which nobody counts."""

WHO = "what-if"


@dataclass(frozen=True, slots=True)
class Stop:
    """What ends a row of losers: the rule, its lock's end (None: no known instant), and its words."""

    after: int
    rule: str
    title: str
    text: str
    until: Instant | None


@dataclass(frozen=True, slots=True)
class Budget:
    """How many more losers of `loss` (positive, net) fit. The loser numbered `end.after` brings the end of the day.

    `pause`: what first stops entries for a while, if anything does before. None: nothing within `most` losers.
    """

    loss: Money
    pause: Stop | None
    end: Stop | None


def budget(
    state: State, rules: RuleSet, contract: str, loss: Money, now: Instant, most: int = MOST
) -> Budget:
    """Return how many losing trades of that size, one after the other, the rules allow before the day is over.

    A lock that ends before the trading day does is a pause: it counts as waited for. `contract` must be flat.
    """
    walk = Walk(state, rules, now)
    day_ends = rules.settings.calendar.trading_day.next_after(walk.now)
    pause = None
    for count in range(most + 1):
        if count:
            walk.hear(*_loser(walk.state, contract, loss, walk.now))
        for lock in _in_force(walk, contract):
            stop = Stop(count, lock.rule, _title(rules, lock.rule), lock.reason, lock.end.at)
            if lock.end.kind is EndKind.MANUAL or lock.end.at is None or lock.end.at >= day_ends:
                return Budget(loss, pause, stop)
            pause = pause or stop
            walk.hear(LockLifted(walk.now, state.account, lock.id, WHO))
        if stop_ := _flattened(walk, rules, count):
            return Budget(loss, pause, stop_)
    return Budget(loss, pause, None)


def _loser(state: State, contract: str, loss: Money, now: Instant) -> list[Event]:
    """Return an entry and the exit that loses: two fills and the account row. The position is flat again at once."""
    number = max(state.ledger.ids, default=0) + 1
    order = max((fill.order_id for fill in state.ledger.fills), default=0) + 1
    price = Price(0)
    bought = Fill(number, order, contract, Side.BUY, 1, price, None, Money(0), now)
    sold = Fill(number + 1, order + 1, contract, Side.SELL, 1, price, Money(-loss), Money(0), now)
    events: list[Event] = [FillSeen(now, state.account, bought), FillSeen(now, state.account, sold)]
    if state.status is not None:
        row = state.status
        left = Money(row.balance - loss)
        events.append(
            AccountSeen(now, state.account, type(row)(row.name, left, row.can_trade, row.simulated))
        )
    return events


def _in_force(walk: Walk, contract: str) -> list[Lock]:
    """Return the locks that refuse entries in a contract, the ones that end last first."""
    found = [
        lock
        for lock in walk.state.locks.values()
        if lock.side is None and covers(lock.scope, contract, walk.state.root(contract))
    ]
    return sorted(found, key=lambda lock: (lock.end.kind is not EndKind.MANUAL, -(lock.end.at or 0)))


def _flattened(walk: Walk, rules: RuleSet, count: int) -> Stop | None:
    """Return the breach without a lock that closes everything, such as a drawdown floor."""
    for decision in walk.decisions:
        is_flatten = any(word.startswith("flatten account") for word in decision.wants)
        if decision.kind is DecisionKind.BREACH and decision.mode == "enforce" and is_flatten:
            locked = any(lock.rule == decision.rule for lock in walk.state.locks.values())
            if not locked and not any(want.startswith(("lock", "cooldown")) for want in decision.wants):
                return Stop(count, decision.rule, _title(rules, decision.rule), decision.message, None)
    return None


def _title(rules: RuleSet, name: str) -> str:
    return next((rule.title for rule in rules.rules if rule.name == name), name)
