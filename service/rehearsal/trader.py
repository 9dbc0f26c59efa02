"""The impatient trader: enters, adds, flips, takes parts off, pulls stops, uses brackets, re-enters under locks."""

from collections.abc import Callable

from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.changing import ModifyRequest
from connectors.simulator.core.kinds import OrderType, Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.core.records import Position
from engine.commands import Command
from service.rehearsal.listener import Listener
from service.rehearsal.stage import Stage


class Trader(Listener):
    """Acts on the platform's own screen, at once and without asking anybody."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._random = stage.chance("trader")
        self._habits: tuple[tuple[int, Callable[[str], None]], ...] = (
            (30, self._enter),
            (14, self._enter_with_brackets),
            (10, self._rest_an_entry),
            (8, self._flip),
            (8, self._take_part),
            (8, self._leave),
            (8, self._place_stop),
            (6, self._pull_stop),
            (4, self._move_order),
            (2, self._cancel_all),
        )

    def start(self) -> None:
        """Plan the next act."""
        pause = self._random.expovariate(1 / self._stage.plan.pace)
        self._stage.clockwork.after(pause * 1000, self._act)

    def _act(self) -> None:
        if self._stage.is_calm:
            return
        weights = [weight for weight, _ in self._habits]
        ((_, habit),) = self._random.choices(self._habits, weights)
        contract = self._random.choice(self._stage.contracts)
        self._stage.note(f"trader: {habit.__name__.strip('_')} {contract}")
        habit(contract)
        self.start()

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        """Click again soon, perhaps, when it was the guard who closed."""
        if command is not None and not self._stage.is_calm and self._random.random() < 0.3:
            self._stage.clockwork.after(self._random.uniform(0, 800), lambda: self._again(contract))

    def _again(self, contract: str) -> None:
        if not self._stage.is_calm:
            self._stage.note(f"trader: again {contract}")
            self._enter(contract)

    def meddle(self, contract: str) -> None:
        """Do something about a contract at the very instant at which the guard's request is carried out."""
        habit = self._random.choice((self._leave, self._take_part, self._flip, self._enter))
        self._stage.note(f"trader, at the same instant: {habit.__name__.strip('_')} {contract}")
        habit(contract)

    def _side(self) -> Side:
        return self._random.choice((Side.BUY, Side.SELL))

    def _held(self, contract: str) -> Position | None:
        return self._stage.exchange.venue.positions.get((self._stage.account, contract))

    def _market(
        self, contract: str, side: Side, size: int, stop: Bracket | None = None, target: Bracket | None = None
    ) -> None:
        request = PlaceRequest(
            self._stage.account,
            contract,
            OrderType.MARKET,
            side,
            size,
            stop_loss=stop,
            take_profit=target,
            from_platform=True,
        )
        self._stage.exchange.place(request)

    def _enter(self, contract: str) -> None:
        self._market(contract, self._side(), self._random.randint(1, 4))

    def _enter_with_brackets(self, contract: str) -> None:
        side = self._side()
        stop = Bracket(-side.sign * self._random.randint(6, 40), OrderType.STOP)
        target = Bracket(side.sign * self._random.randint(6, 40), OrderType.LIMIT)
        legs = self._random.choice(((stop, target), (stop, target), (stop, None), (None, target)))
        self._market(contract, side, self._random.randint(1, 4), *legs)

    def _rest_an_entry(self, contract: str) -> None:
        side, size = self._side(), self._random.randint(1, 3)
        ticks = self._random.randint(1, 12) * side.sign
        if self._random.random() < 0.6:
            self._order(contract, OrderType.LIMIT, side, size, -ticks)
        else:
            self._order(contract, OrderType.STOP, side, size, ticks)

    def _order(self, contract: str, kind: OrderType, side: Side, size: int, ticks: int) -> None:
        market = self._stage.exchange.venue.markets[contract]
        level = market.contract.price(market.last + ticks)
        request = PlaceRequest(
            self._stage.account,
            contract,
            kind,
            side,
            size,
            limit_price=level if kind is OrderType.LIMIT else None,
            stop_price=level if kind is OrderType.STOP else None,
            from_platform=True,
        )
        self._stage.exchange.place(request)

    def _flip(self, contract: str) -> None:
        held = self._held(contract)
        if held is not None:
            side = Side.SELL if held.size > 0 else Side.BUY
            self._market(contract, side, abs(held.size) + self._random.randint(1, 3))

    def _take_part(self, contract: str) -> None:
        held = self._held(contract)
        if held is not None and abs(held.size) > 1:
            size = self._random.randint(1, abs(held.size) - 1)
            self._market(contract, Side.SELL if held.size > 0 else Side.BUY, size)

    def _leave(self, contract: str) -> None:
        self._stage.exchange.close(self._stage.account, contract, from_platform=True)

    def _place_stop(self, contract: str) -> None:
        held = self._held(contract)
        if held is not None:
            side = Side.SELL if held.size > 0 else Side.BUY
            self._order(
                contract, OrderType.STOP, side, abs(held.size), side.sign * self._random.randint(4, 30)
            )

    def _live(self, contract: str) -> list[int]:
        return [order.id for order in self._stage.exchange.venue.live_orders(self._stage.account, contract)]

    def _pull_stop(self, contract: str) -> None:
        live = self._live(contract)
        if live:
            self._stage.exchange.cancel(self._stage.account, self._random.choice(live), from_platform=True)

    def _move_order(self, contract: str) -> None:
        live = [self._stage.exchange.venue.orders[number] for number in self._live(contract)]
        stops = [order for order in live if order.stop_price is not None]
        if not stops:
            return
        order = self._random.choice(stops)
        assert order.stop_price is not None
        tick = self._stage.exchange.venue.markets[contract].contract.tick_size
        level = order.stop_price + tick * self._random.randint(-20, 20)
        if level > 0:
            self._stage.exchange.modify(ModifyRequest(self._stage.account, order.id, stop_price=level))

    def _cancel_all(self, _contract: str) -> None:
        self._stage.exchange.cancel_all(self._stage.account)
