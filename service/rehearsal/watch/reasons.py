"""I13: a loss that ends a day was there: the messages of one fill, half told, add up to none."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.simulator.core.kinds import Side
from connectors.simulator.core.records import Trade
from engine.events import Event
from engine.instruments import money_for, ticks_between
from engine.marks import open_pnl_of
from engine.outcome import Decision, DecisionKind, Outcome
from engine.state import State
from engine.units import SCALE, SECOND, Instant, Money, Price
from service.rehearsal.listener import Violation
from service.rehearsal.translate import instant, money, price
from service.rehearsal.watch.scene import Scene, Watcher

BLINDING = ("drop", "late", "outage", "half_open", "deaf", "kicked", "void", "pause", "sleep", "bad_tick")
"""Faults after which what the guard believes never was: with one of them in a world nothing can be said here."""

MEMORY = 6 * SECOND
"""How old a state of the account may be that a slow reading tells of."""

ROUGHLY = Money(50 * SCALE)
"""What prices of two moments, and a cost told later, may differ by."""

REALIZED, TOTAL = frozenset({"daily_realized_loss"}), frozenset({"daily_loss_limit", "personal_daily_loss"})
"""Shipped rules that add up fills, and those that add what is open to them."""

EQUITY = frozenset({"max_loss_limit"})
"""Those that add what is open to the account's row."""


@dataclass(frozen=True, slots=True)
class Books:
    """The account after a fill: what was realized by then, costs taken off, and what was held, with average prices."""

    until: Instant
    realized: Money
    held: tuple[tuple[str, int, Price], ...] = ()


class Reasons(Watcher):
    """Recomputes each claimed loss from the venue's trades, at every state of the last seconds."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        plan = scene.stage.plan
        is_one_day = plan.opening != "reset"
        self.is_on = bool(plan.pack) and is_one_day and not any(map(plan.fault, BLINDING))
        self.balance = money(scene.stage.exchange.venue.accounts[scene.stage.account].balance)
        self.seen = 0
        self.states: deque[Books] = deque([Books(Instant(0), Money(0))])
        self.sizes: dict[str, tuple[int, Price]] = {}
        self.worst_realized = Money(0)
        self.worst_total = Money(0)

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if not self.is_on:
            return
        self._read_trades()
        self._mark(after)
        for decision in outcome.decisions:
            if decision.kind is DecisionKind.BREACH:
                self._compare(decision, after)

    def _compare(self, decision: Decision, state: State) -> None:
        claimed = decision.value or 0
        if decision.rule in REALIZED and claimed > ROUGHLY - self.worst_realized:
            raise Violation("I13", f"{decision.message}: {-self.worst_realized / SCALE:.2f} was the most")
        settings = self.scene.guard.armed.rules.settings
        open_now = open_pnl_of(state, settings, state.positions.values())
        if open_now is None or state.status is None:
            return  # the rules take the stops' prices then
        if decision.rule in TOTAL and claimed > ROUGHLY - self.worst_total:
            raise Violation("I13", f"{decision.message}: {-self.worst_total / SCALE:.2f} was the most")
        equity, least = state.status.balance + open_now, self.balance + self.worst_total
        if decision.rule in EQUITY and equity < least - ROUGHLY:
            raise Violation("I13", f"{decision.message}: the equity was never below {least / SCALE:.2f}")

    def _read_trades(self) -> None:
        trades = list(self.scene.stage.exchange.venue.trades.values())[self.seen :]
        self.seen += len(trades)
        for trade in trades:
            if trade.account_id == self.scene.stage.account:
                self._book(trade)
        while len(self.states) > 1 and self.states[0].until < self.scene.stage.now - MEMORY:
            self.states.popleft()

    def _book(self, trade: Trade) -> None:
        last = self.states.pop()
        self.states.append(Books(instant(trade.created), last.realized, last.held))
        size, average = self.sizes.get(trade.contract_id, (0, Price(0)))
        change, paid = trade.size if trade.side is Side.BUY else -trade.size, price(trade.price)
        if size * change >= 0:
            average = Price((abs(size) * average + abs(change) * paid) // (abs(size) + abs(change)))
        elif abs(change) > abs(size):
            average = paid
        self.sizes[trade.contract_id] = (size + change, average)
        held = tuple((name, *row) for name, row in self.sizes.items() if row[0])
        realized = Money(last.realized + money(trade.net))
        self.worst_realized = min(self.worst_realized, realized)
        self.states.append(Books(Instant(2**62), realized, held))

    def _mark(self, state: State) -> None:
        """Mark what was held in the last seconds at the prices that the guard knows now."""
        for books in self.states:
            self.worst_total = min(self.worst_total, Money(books.realized + sum(_open(state, books))))


def _open(state: State, books: Books) -> Iterator[int]:
    for contract, size, average in books.held:
        instrument, quote = state.instruments.get(contract), state.quotes.get(contract)
        if instrument is None or quote is None:
            continue
        marks = [one for one in (quote.quote.bid, quote.quote.ask, quote.quote.last) if one is not None]
        results = [money_for(instrument, ticks_between(instrument, average, mark), size) for mark in marks]
        yield min(results, default=0)
