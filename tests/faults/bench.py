"""An exchange in virtual time and a guard of one rule; read with `runpy` by conftest.py, since nothing here is a package."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from connectors.simulator import world
from connectors.simulator.core.changing import ModifyRequest
from connectors.simulator.core.happenings import (
    AccountChanged,
    Happening,
    OrderChanged,
    PositionChanged,
    QuoteChanged,
    TradeMade,
)
from connectors.simulator.core.kinds import OrderType, Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.topstepx.rest.refusals import CANCEL, CLOSE, MODIFY, PARTIAL_CLOSE, PLACE, meaning_of
from dsl.pipeline import load_ruleset
from engine import commands as do
from engine import events as ev
from engine.enforcement import Progress
from engine.state import State
from engine.step import step
from engine.units import PRICE_SCALE, SECOND, Instant
from engine.venue import Quote
from service.rehearsal import translate as to

ACCOUNT, MNQ = 9_120_345, "CON.F.US.MNQ.Z26"
LATENCY = SECOND // 50
HEAD = "ruleset: one\ndsl: 1\nmode_ceiling: enforce\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\n"
PATHS = {
    do.ClosePosition: CLOSE,
    do.ReducePosition: PARTIAL_CLOSE,
    do.CancelOrder: CANCEL,
    do.MoveStop: MODIFY,
    do.PlaceStop: PLACE,
}


class Bench:
    """An exchange and a guard of one rule, twenty milliseconds apart in virtual time."""

    def __init__(self, folder: Path, rule: str, path: str, code: int) -> None:
        (folder / "ruleset.yaml").write_text(HEAD)
        (folder / "one.yaml").write_text(rule)
        loaded = load_ruleset(folder)
        assert loaded.ruleset is not None, loaded.problems
        self.rules = loaded.ruleset
        self.refused = (path, code)
        self.exchange = world.create(world.read("still"), 1)
        self.now = to.instant(self.exchange.venue.now)
        self.state = State(ACCOUNT, started_at=self.now)
        self.queue: list[do.Command] = []
        self.deadline: Instant | None = None
        self.requests: list[tuple[str, Instant]] = []
        self.readings: list[Instant] = []
        self.was_escalated = False
        self.quote: Quote | None = None
        known = self.exchange.venue.catalogue.contracts.values()
        for event in (
            ev.InstrumentsSeen(self.now, tuple(map(to.instrument_of, known))),
            ev.RulesArmed(self.now, ACCOUNT, self.rules.digest),
            ev.GuardStarted(self.now, ACCOUNT, None),
            ev.LinkSeen(self.now, ev.Link.REST, True),
            ev.LinkSeen(self.now, ev.Link.USER_HUB, True),
            self.view(Instant(self.now - 86_400 * SECOND)),
        ):
            self.hear(event)

    @property
    def size(self) -> int:
        held = self.exchange.venue.positions.get((ACCOUNT, MNQ))
        return held.size if held else 0

    @property
    def entries(self) -> list[int]:
        return [
            row.id for row in self.exchange.venue.live_orders(ACCOUNT, MNQ) if row.type is OrderType.LIMIT
        ]

    @property
    def stop(self) -> int:
        """Return the price of the stop, 0 without one."""
        live = self.exchange.venue.live_orders(ACCOUNT, MNQ)
        return next((int(row.stop_price) for row in live if row.stop_price is not None), 0)

    def trade(self, kind: OrderType, size: int, **prices: object) -> None:
        side = Side.SELL if kind is OrderType.STOP else Side.BUY
        order = PlaceRequest(ACCOUNT, MNQ, kind, side, size, from_platform=True, **prices)  # type: ignore[arg-type]
        assert self.exchange.place(order).success

    def rise(self, price: int) -> None:
        self.exchange.set_price(MNQ, Decimal(price))

    def run(self, seconds: float) -> None:
        """Let time pass in steps of the latency; what is due in between is done in order."""
        end = self.now + int(seconds * SECOND)
        while self.now < end:
            self.now = Instant(self.now + LATENCY)
            for happening in self.exchange.advance(self.now * to.TICKS_IN_A_MICROSECOND):
                self.tell(happening)
            if self.quote is not None and self.now // LATENCY % 10 == 0:
                self.hear(ev.QuoteSeen(self.now, replace(self.quote, quoted_at=self.now)))
            if self.deadline is not None and self.deadline <= self.now:
                self.hear(ev.ClockTick(self.now))
            if self.queue:
                self.execute(self.queue.pop(0))

    def hear(self, event: ev.Event) -> None:
        self.state, outcome = step(self.state, replace(event, at=self.now), self.rules)
        self.deadline = outcome.deadline
        self.queue.extend(outcome.commands)
        self.was_escalated |= any(one.progress is Progress.ESCALATED for one in outcome.enforcements.values())

    def tell(self, happening: Happening) -> None:
        match happening:
            case PositionChanged(position=row) if row.account_id == ACCOUNT:
                self.hear(ev.PositionSeen(self.now, ACCOUNT, to.position_of(row)))
            case OrderChanged(order=order) if order.account_id == ACCOUNT:
                self.hear(ev.OrderSeen(self.now, ACCOUNT, to.order_of(order)))
            case TradeMade(trade=trade) if trade.account_id == ACCOUNT:
                self.hear(ev.FillSeen(self.now, ACCOUNT, to.fill_of(trade)))
            case AccountChanged(account=account) if account.id == ACCOUNT:
                self.hear(ev.AccountSeen(self.now, ACCOUNT, to.account_of(account)))
            case QuoteChanged() if happening.after.contract_id == MNQ:
                self.quote = to.quote_of(happening.after)
            case _:
                pass

    def view(self, since: Instant) -> ev.SnapshotTaken:
        venue = self.exchange.venue
        held = [to.position_of(row) for row in venue.positions.values() if row.account_id == ACCOUNT]
        orders = [to.order_of(row) for row in venue.live_orders(ACCOUNT)]
        fills = [to.fill_of(row) for row in venue.trades.values() if row.account_id == ACCOUNT]
        status = to.account_of(venue.accounts[ACCOUNT])
        return ev.SnapshotTaken(
            self.now, ACCOUNT, self.now, status, tuple(held), tuple(orders), tuple(fills), since
        )

    def execute(self, command: do.Command) -> None:
        self.hear(ev.CommandSent(self.now, ACCOUNT, command.id))
        if isinstance(command, do.TakeSnapshot):
            self.readings.append(self.now)
            self.hear(self.view(command.fills_since))
            return
        path = PATHS[type(command)]
        self.requests.append((path, self.now))
        is_first = [one for one, _ in self.requests].count(self.refused[0]) == 1
        code = self.refused[1] if path == self.refused[0] and is_first else self.ask(command)
        verdict = (ev.Answer.ACCEPTED, None) if code == 0 else meaning_of(path, code)[1]
        self.hear(ev.CommandAnswered(self.now, ACCOUNT, command.id, *verdict, f"code {code}"))

    def ask(self, command: do.Command) -> int:
        exchange = self.exchange
        match command:
            case do.ClosePosition():
                return exchange.close(ACCOUNT, command.contract).code
            case do.ReducePosition():
                return exchange.partial_close(ACCOUNT, command.contract, command.size).code
            case do.CancelOrder():
                return exchange.cancel(ACCOUNT, command.order_id).code
            case do.MoveStop():
                change = ModifyRequest(
                    ACCOUNT, command.order_id, stop_price=Decimal(command.price) / PRICE_SCALE
                )
                return exchange.modify(change).code
            case do.PlaceStop():
                stop = Decimal(command.price) / PRICE_SCALE
                order = PlaceRequest(
                    ACCOUNT, MNQ, OrderType.STOP, Side.SELL, command.size, stop_price=stop, tag=command.tag
                )
                return exchange.place(order).code
            case _:
                raise AssertionError(command)
