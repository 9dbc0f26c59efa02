"""A desk for engine tests: one account, two contracts, a plain calendar, and events in a line each."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

from engine.actions import Action, ReduceTo
from engine.commands import CancelOrder, ClosePosition, Command, ReducePosition, TakeSnapshot
from engine.events import (
    AccountSeen,
    Answer,
    ClockTick,
    CommandAnswered,
    CommandSent,
    Event,
    FillSeen,
    InstrumentsSeen,
    OrderSeen,
    PositionSeen,
    QuoteSeen,
    RulesArmed,
    SnapshotTaken,
)
from engine.facts import Facts
from engine.instruments import Instrument
from engine.outcome import Outcome
from engine.rule import Mode, Rule, RuleScope, RuleSet, Tier, Topic
from engine.settings import Settings
from engine.sizes_told import size_by_fills
from engine.state import State
from engine.step import step
from engine.units import DAY, PRICE_SCALE, SCALE, SECOND, Contracts, Instant, Money, Price
from engine.venue import AccountStatus, Fill, Order, OrderKind, OrderStatus, Position, Quote, Side
from service.rehearsal.hours import Calendar, Daily

ACCOUNT = 7
MNQ, ES = "CON.F.US.MNQ.Z26", "CON.F.US.EP.Z26"
START = Instant(20_000 * DAY + 12 * 3600 * SECOND)
INSTRUMENTS = (
    Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(PRICE_SCALE // 4), Money(SCALE // 2)),
    Instrument(ES, "ES", "ESZ6", "EP", Price(PRICE_SCALE // 4), Money(12 * SCALE + SCALE // 2)),
)


def rule(
    name: str,
    when: Callable[[Facts], bool | None],
    then: Callable[[Facts], tuple[Action, ...]],
    scope: RuleScope = RuleScope.ACCOUNT,
    streams: frozenset[str] = frozenset(),
    **more: Any,
) -> Rule:
    """Return a rule made of functions, as the language would make it."""
    tier = Tier("", when, then, more.pop("hold", None), streams)
    return Rule(
        name=name,
        title=name,
        mode=more.pop("mode", Mode.ENFORCE),
        scope=scope,
        tiers=more.pop("tiers", (tier,)),
        reads=more.pop("reads", frozenset(Topic) - {Topic.FILLS, Topic.ACCOUNT}),
        message=lambda facts, context: f"{name} says stop until {context.lock_until}",
        wake=lambda facts: None,
        **more,
    )


@dataclass
class Desk:
    """Drives `step` and remembers what came of it."""

    rules: RuleSet
    state: State = field(default_factory=lambda: State(ACCOUNT, started_at=START, now=START))
    now: Instant = START
    serial: int = 100
    said: list[Outcome] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def hear(self, make: Callable[[Instant], Event]) -> Outcome:
        self.state, outcome = step(self.state, make(self.now), self.rules)
        self.said.append(outcome)
        self.commands += outcome.commands
        return outcome

    def wait(self, seconds: float) -> Outcome:
        self.now = Instant(self.now + int(seconds * SECOND))
        return self.hear(ClockTick)

    def next_id(self) -> int:
        self.serial += 1
        return self.serial

    def sync(self, **held: int) -> Outcome:
        contracts = {"MNQ": MNQ, "ES": ES}
        positions = tuple(self.position(contracts[name], size) for name, size in held.items() if size)
        status = AccountStatus("practice", Money(50_000 * SCALE), True, True)
        since = Instant(self.now - 2 * DAY)
        return self.hear(
            lambda at: SnapshotTaken(
                at, ACCOUNT, at, status, positions, tuple(self.state.orders.values()), (), since
            )
        )

    def position(self, contract: str, size: int) -> Position:
        return Position(contract, size, Price(20_000 * PRICE_SCALE), self.now)

    def told(self, contract: str, size: int) -> Outcome:
        """Hear of a position, and of nothing else."""
        return self.hear(lambda at: PositionSeen(at, ACCOUNT, self.position(contract, size)))

    def hold(self, contract: str, size: int) -> Outcome:
        """Hear of a position, before, if it was not told yet, of the fill that led to it and of the account."""
        change = size - size_by_fills(self.state, contract)
        if change:
            side = Side.BUY if change > 0 else Side.SELL
            self.fill(contract, side, abs(change), None if abs(size) > abs(size - change) else 0)
            if self.state.status is not None:
                self.hear(lambda at: AccountSeen(at, ACCOUNT, self.state.status))
        return self.told(contract, size)

    def fill(self, contract: str, side: Side, size: int, pnl: int | None = None, **more: Any) -> Outcome:
        number = more.pop("id", None) or self.next_id()
        dollars = None if pnl is None else Money(pnl * SCALE)
        fill = Fill(
            number,
            more.pop("order", number),
            contract,
            side,
            size,
            Price(20_000 * PRICE_SCALE),
            dollars,
            Money(more.pop("costs", 0)),
            more.pop("executed_at", self.now),
            **more,
        )
        return self.hear(lambda at: FillSeen(at, ACCOUNT, fill))

    def order(self, contract: str, side: Side, size: int = 1, **more: Any) -> Outcome:
        kind, status = more.pop("kind", OrderKind.LIMIT), more.pop("status", OrderStatus.OPEN)
        order = Order(
            more.pop("id", None) or self.next_id(), contract, side, kind, size, 0, status, self.now, **more
        )
        return self.hear(lambda at: OrderSeen(at, ACCOUNT, order))

    def cancelled(self, order_id: int) -> Outcome:
        order = replace(self.state.orders[order_id], status=OrderStatus.CANCELLED)
        return self.hear(lambda at: OrderSeen(at, ACCOUNT, order))

    def quote(self, contract: str, price: int) -> Outcome:
        level = Price(price * PRICE_SCALE)
        return self.hear(lambda at: QuoteSeen(at, Quote(contract, level, level, level, at)))

    def answer(self, command: Command, answer: Answer = Answer.ACCEPTED, **more: Any) -> Outcome:
        self.hear(lambda at: CommandSent(at, ACCOUNT, command.id))
        return self.hear(lambda at: CommandAnswered(at, ACCOUNT, command.id, answer, **more))

    def kinds(self) -> list[str]:
        return [decision.kind.value for outcome in self.said for decision in outcome.decisions]


def most(contracts: int) -> Rule:
    """Return the rule: no more than so many contracts in all; the newest go."""
    limit = Contracts(contracts * SCALE)
    return rule("most", lambda f: f.account.gross_contracts > limit, lambda f: (ReduceTo(limit),))


def start(*rules: Rule, ceiling: Mode = Mode.ENFORCE) -> Desk:
    """Return a desk with these rules, contracts known, in step with a flat account."""
    desk = Desk(RuleSet("test", "digest", Settings(Calendar()), rules, ceiling))
    desk.hear(lambda at: InstrumentsSeen(at, INSTRUMENTS))
    desk.hear(lambda at: RulesArmed(at, ACCOUNT, "digest"))
    desk.sync()
    return desk


@pytest.fixture
def lab() -> SimpleNamespace:
    """Return what tests need by name."""
    return SimpleNamespace(
        start=start,
        rule=rule,
        most=most,
        MNQ=MNQ,
        ES=ES,
        Daily=Daily,
        sizes=frozenset({Topic.POSITIONS, Topic.ORDERS}),
        fills=frozenset({Topic.CLOCK, Topic.FILLS}),
        everything=frozenset(Topic),
        close=ClosePosition,
        reduce=ReducePosition,
        cancel=CancelOrder,
        look=TakeSnapshot,
    )
