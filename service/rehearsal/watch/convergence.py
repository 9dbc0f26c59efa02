"""I5: some seconds after the last fault the venue itself is as the rules and locks want it."""

from connectors.simulator.core.kinds import Status
from connectors.simulator.core.records import Order
from engine.events import Event
from engine.locks import Lock, TradingState
from engine.outcome import Outcome
from engine.scope import covers
from engine.state import State
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Scene, Watcher


class Convergence(Watcher):
    """Compares the venue with what was promised."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.foreign_at: dict[tuple[str, str], int] = {}

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        for name in outcome.enforcements:
            record = after.enforcements.get(name)
            if record is None or not record.is_over:
                continue
            for contract, size in record.targets.items():
                if size == 0:
                    self.foreign_at[(record.id, contract)] = self.scene.truth.foreign[contract]

    def converged(self) -> None:
        self._knows()
        self._within_limits()
        for lock in self.scene.guard.state.locks.values():
            self._under_lock(lock)
        self._no_orphans()

    def _knows(self) -> None:
        state, truth = self.scene.guard.state, self.scene.truth
        for contract in self.scene.stage.contracts:
            if state.size(contract) != truth.sizes[contract]:
                raise Violation(
                    "I5",
                    f"{contract} is {truth.sizes[contract]:+d}, the guard believes {state.size(contract):+d}",
                )
        real = {order.id for order in self._live() if order.status is not Status.SUSPENDED}
        known = {order.id for order in state.orders.values()}
        missing = real - known
        if missing:
            raise Violation("I5", f"working orders {missing} are not known")

    def _live(self) -> list[Order]:
        return self.scene.stage.exchange.venue.live_orders(self.scene.stage.account)

    def _within_limits(self) -> None:
        armed = self.scene.guard.armed
        sizes = {contract: abs(size) for contract, size in self.scene.truth.sizes.items()}
        if armed.most is not None and sum(sizes.values()) > armed.most:
            raise Violation("I5", f"{sizes} is above {armed.most} after the faults ended")
        if armed.most_each is not None and max(sizes.values(), default=0) > armed.most_each:
            raise Violation("I5", f"{sizes} is above {armed.most_each} each after the faults ended")

    def _under_lock(self, lock: Lock) -> None:
        state = self.scene.guard.state
        for contract in self.scene.stage.contracts:
            if not covers(lock.scope, contract, state.root(contract)):
                continue
            size = self.scene.truth.sizes[contract]
            if lock.state is TradingState.FLAT_ONLY and size:
                raise Violation("I5", f"{contract} is {size:+d} under the flat-only lock {lock.id}")
            for order in self._live():
                if order.contract_id == contract and _is_entry(order, size):
                    raise Violation("I5", f"entry order {order.id} works under lock {lock.id}: {order}")

    def _no_orphans(self) -> None:
        """Look for exits of what we closed ourselves, where nobody traded since."""
        for record in self.scene.guard.state.enforcements.values():
            for order in self._live():
                contract = order.contract_id
                untouched = self.foreign_at.get((record.id, contract)) == self.scene.truth.foreign[contract]
                if order.id in record.exits and untouched and not self.scene.truth.sizes[contract]:
                    raise Violation("I5", f"order {order.id} outlived the position that we closed: {order}")


def _is_entry(order: Order, size: int) -> bool:
    """Say whether an order can raise exposure: not opposite to what is held, or larger than it."""
    return not (size and order.side.sign * size < 0 and order.remaining <= abs(size))
