"""The impatient trader: enters, adds, flips, takes parts off, pulls stops, uses brackets, re-enters under locks."""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.changing import ModifyRequest
from connectors.simulator.core.kinds import OrderType, Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.core.records import Position

if TYPE_CHECKING:
    from service.rehearsal.world import World


class Trader:
    """Acts on the platform's own screen, at once and without asking anybody."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._random = random.Random(f"{world.plan.seed} trader")  # noqa: S311 - a game, not a secret
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
        pause = self._random.expovariate(1 / self._world.plan.pace)
        self._world.clockwork.after(pause * 1000, self._act)

    def _act(self) -> None:
        if self._world.is_calm:
            return
        weights = [weight for weight, _ in self._habits]
        ((_, habit),) = self._random.choices(self._habits, weights)
        contract = self._random.choice(self._world.contracts)
        self._world.note(f"trader: {habit.__name__.strip('_')} {contract}")
        habit(contract)
        self.start()

    def was_closed(self, contract: str) -> None:
        """The guard closed something: click again soon, perhaps."""
        if not self._world.is_calm and self._random.random() < 0.3:
            self._world.clockwork.after(self._random.uniform(0, 800), lambda: self._again(contract))

    def _again(self, contract: str) -> None:
        if not self._world.is_calm:
            self._world.note(f"trader: again {contract}")
            self._enter(contract)

    def _side(self) -> Side:
        return self._random.choice((Side.BUY, Side.SELL))

    def _held(self, contract: str) -> Position | None:
        return self._world.exchange.venue.positions.get((self._world.account, contract))

    def _market(self, contract: str, side: Side, size: int, **more: Bracket) -> None:
        request = PlaceRequest(
            self._world.account, contract, OrderType.MARKET, side, size, from_platform=True, **more
        )
        self._world.exchange.place(request)

    def _enter(self, contract: str) -> None:
        self._market(contract, self._side(), self._random.randint(1, 4))

    def _enter_with_brackets(self, contract: str) -> None:
        side = self._side()
        stop = Bracket(-side.sign * self._random.randint(6, 40), OrderType.STOP)
        target = Bracket(side.sign * self._random.randint(6, 40), OrderType.LIMIT)
        chosen = {"stop_loss": stop, "take_profit": target}
        if self._random.random() < 0.3:
            del chosen[self._random.choice(sorted(chosen))]
        self._market(contract, side, self._random.randint(1, 4), **chosen)

    def _rest_an_entry(self, contract: str) -> None:
        side, size = self._side(), self._random.randint(1, 3)
        ticks = self._random.randint(1, 12) * side.sign
        if self._random.random() < 0.6:
            self._order(contract, OrderType.LIMIT, side, size, -ticks)
        else:
            self._order(contract, OrderType.STOP, side, size, ticks)

    def _order(self, contract: str, kind: OrderType, side: Side, size: int, ticks: int) -> None:
        market = self._world.exchange.venue.markets[contract]
        level = market.contract.price(market.last + ticks)
        prices: dict[str, Decimal] = {"limit_price" if kind is OrderType.LIMIT else "stop_price": level}
        request = PlaceRequest(
            self._world.account,
            contract,
            kind,
            side,
            size,
            from_platform=True,
            **prices,  # type: ignore[arg-type]
        )
        self._world.exchange.place(request)

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
        self._world.exchange.close(self._world.account, contract, from_platform=True)

    def _place_stop(self, contract: str) -> None:
        held = self._held(contract)
        if held is not None:
            side = Side.SELL if held.size > 0 else Side.BUY
            self._order(
                contract, OrderType.STOP, side, abs(held.size), side.sign * self._random.randint(4, 30)
            )

    def _live(self, contract: str) -> list[int]:
        return [order.id for order in self._world.exchange.venue.live_orders(self._world.account, contract)]

    def _pull_stop(self, contract: str) -> None:
        live = self._live(contract)
        if live:
            self._world.exchange.cancel(self._world.account, self._random.choice(live), from_platform=True)

    def _move_order(self, contract: str) -> None:
        live = [self._world.exchange.venue.orders[number] for number in self._live(contract)]
        stops = [order for order in live if order.stop_price is not None]
        if not stops:
            return
        order = self._random.choice(stops)
        assert order.stop_price is not None
        tick = self._world.exchange.venue.markets[contract].contract.tick_size
        level = order.stop_price + tick * self._random.randint(-20, 20)
        if level > 0:
            self._world.exchange.modify(ModifyRequest(self._world.account, order.id, stop_price=level))

    def _cancel_all(self, _contract: str) -> None:
        self._world.exchange.cancel_all(self._world.account)
