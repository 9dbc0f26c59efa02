"""I5: what protected what we closed or reduced does not stay there and open another position."""

from dataclasses import dataclass

from connectors.simulator.core.kinds import OrderType, Side, Status
from connectors.simulator.core.records import Order
from engine.commands import ClosePosition, Command, ReducePosition
from engine.state import State
from engine.units import SECOND
from service.rehearsal.listener import Violation
from service.rehearsal.translate import instant
from service.rehearsal.watch.scene import Scene, Watcher

OLD_ENOUGH = 3 * SECOND
"""An order that was there for so long when we closed was there when we asked for it, by whatever clock."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a request of ours left of a position (signed), and the orders that were against it then."""

    left: int
    foreign: int
    against: frozenset[int]


class Orphans(Watcher):
    """Looks at the venue alone: it does not matter what the guard takes for an exit."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.closed: dict[str, Closed] = {}
        self.known: dict[str, frozenset[int]] = {}

    def asked(self, command: Command, state: State) -> None:
        """Note which orders the guard could take for exits of what it reduces."""
        if isinstance(command, ReducePosition | ClosePosition):
            size = state.size(command.contract)
            self.known[command.id] = frozenset(
                order.id for order in state.orders.values() if order.side.sign * size < 0
            )

    def crashed(self) -> None:
        """Forget what is nowhere written down: the next process cannot know of it."""
        if self.scene.is_forgetful():
            self.closed.clear()
            self.known.clear()

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        if command is None or command.id not in self.known or before * after < 0:
            return
        if isinstance(command, ReducePosition) and not after:
            return  # the trader took the rest off meanwhile
        against = frozenset(
            order.id
            for order in self._live(contract)
            if (order.side is Side.SELL) is (before > 0)
            and order.type is not OrderType.MARKET
            and instant(order.created) <= self.scene.stage.now - OLD_ENOUGH
        )
        if after:  # only where it closes does the guard look for orders that it did not know of
            against &= self.known[command.id]
        self.closed[contract] = Closed(after, self.scene.truth.foreign[contract], against)

    def converged(self) -> None:
        for contract, closed in self.closed.items():
            truth = self.scene.truth
            if truth.sizes[contract] != closed.left or truth.foreign[contract] != closed.foreign:
                continue  # somebody traded since: what is left may belong to that
            for order in self._live(contract):
                if order.id in closed.against and order.size - order.filled > abs(closed.left):
                    raise Violation("I5", f"{order} is larger than the {closed.left:+d} that we left")

    def _live(self, contract: str) -> list[Order]:
        """Return the working orders of a contract; a leg whose entry still works belongs to that."""
        live = self.scene.stage.exchange.venue.live_orders(self.scene.stage.account)
        ids = {order.id for order in live}
        return [
            order
            for order in live
            if order.contract_id == contract
            and not (order.status is Status.SUSPENDED and order.parent_id in ids)
        ]
