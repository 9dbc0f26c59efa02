"""Stops that we move and place: never looser than they were, none left over, and one where a rule requires one."""

from decimal import Decimal

from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.records import Order
from engine.commands import Command, MoveStop, PlaceStop
from engine.state import State
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Watcher

SHORT = 10
"""A grace (s) that is over long before a world is looked at."""

STOPS = (OrderType.STOP, OrderType.TRAILING_STOP)


class Stops(Watcher):
    """Looks at each move when it is asked for, and at the venue once everything must be as it should be."""

    def asked(self, command: Command, state: State) -> None:
        if not isinstance(command, MoveStop):
            return
        order, size = state.orders.get(command.order_id), state.size(command.contract)
        if order is None or order.side.sign * size >= 0:
            raise Violation("P2", f"{command} moves what is no stop of the {size:+d} held")
        if order.stop_price is not None and (command.price - order.stop_price) * size <= 0:
            raise Violation("P2", f"{command} loosens a stop at {order.stop_price}")

    def converged(self) -> None:
        for contract in self.scene.stage.contracts:
            size = self.scene.truth.sizes[contract]
            stops = [order for order in self._stops(contract) if (order.side is Side.SELL) is (size > 0)]
            before = 0
            for order in sorted(self._stops(contract), key=self._fills_first):
                if self._is_ours(order) and (order not in stops or before + _left(order) > abs(size)):
                    raise Violation("I5", f"our own stop is left over beside {size:+d}, {before}: {order}")
                before += _left(order) if order in stops else 0
            if self._must_be_covered() and sum(map(_left, stops)) < abs(size):
                raise Violation("I5", f"{contract} {size:+d} has no stop for all of it: {stops}")

    def _is_ours(self, order: Order) -> bool:
        return isinstance(self.scene.stage.ours.get(order.id), PlaceStop)

    def _fills_first(self, order: Order) -> tuple[Decimal, bool, int]:
        """Return a key by which the tightest stop comes first, and the trader's before ours at one price."""
        price = Decimal(order.stop_price or 0)
        return (-price if order.side is Side.SELL else price, self._is_ours(order), order.id)

    def _must_be_covered(self) -> bool:
        """Say whether a rule that closes what has no stop, or places one, has had the time for it since the last fault."""
        armed = self.scene.guard.armed
        names = set() if armed.is_shipped else {rule.name for rule in armed.rules.rules}
        return "require_stop" in names or ("no_stop" in names and self.scene.stage.plan.grace < SHORT)

    def _stops(self, contract: str) -> list[Order]:
        live = self.scene.stage.exchange.venue.live_orders(self.scene.stage.account)
        return [
            order
            for order in live
            if order.contract_id == contract and order.type in STOPS and order.status is not Status.SUSPENDED
        ]


def _left(order: Order) -> int:
    return order.size - order.filled
