"""I6: requests stay within the venue's budget, and nothing is tried again and again without a pause."""

from collections import defaultdict, deque

from engine.commands import CancelOrder, ClosePosition, Command, ReducePosition, TakeSnapshot
from engine.events import CommandAnswered, Event, Refusal
from engine.outcome import Outcome
from engine.state import State
from engine.units import MINUTE
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Scene, Watcher

BUDGET = 200
MOST_SIZED = 6
MOST_READINGS = 30
"""One in four seconds, and as many again for requests whose fate must be known at once."""
MOST_FOR_AN_ORDER = 8
"""Requests for one and the same order, all answers of the venue being no."""


class Effort(Watcher):
    """Counts within the last minute."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.requests: deque[int] = deque()
        self.sized: dict[tuple[str, str], deque[tuple[int, str]]] = defaultdict(deque)
        self.orders: dict[int, deque[int]] = defaultdict(deque)
        self.readings: deque[int] = deque()
        self.most = 0

    def requested(self, count: int) -> None:
        now = self.scene.stage.now
        self.requests.extend([now] * count)
        while self.requests and self.requests[0] <= now - MINUTE:
            self.requests.popleft()
        self.most = max(self.most, len(self.requests))
        if len(self.requests) > BUDGET:
            raise Violation("I6", f"{len(self.requests)} requests within a minute")

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        if (command is None and abs(after) > abs(before)) or before * after < 0:
            for (_, known), asked in self.sized.items():  # the trader made a new excess
                if known == contract:
                    asked.clear()

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if isinstance(event, CommandAnswered) and event.refusal is Refusal.STALE:  # the venue never saw it
            for asked in self.sized.values():
                for never_sent in [entry for entry in asked if entry[1] == event.command]:
                    asked.remove(never_sent)

    def asked(self, command: Command, state: State) -> None:
        if isinstance(command, TakeSnapshot):
            self._not_read_on_and_on()
        if isinstance(command, CancelOrder):
            self._not_again_and_again(command)
        if not isinstance(command, ClosePosition | ReducePosition):
            return
        asked = self.sized[(command.enforcement, command.contract)]
        asked.append((self.scene.stage.now, command.id))
        while asked[0][0] <= self.scene.stage.now - MINUTE:
            asked.popleft()
        if len(asked) > MOST_SIZED:
            name = command.enforcement
            raise Violation("I6", f"{len(asked)} sized requests for {command.contract} in a minute: {name}")

    def _not_again_and_again(self, command: CancelOrder) -> None:
        times = self.orders[command.order_id]
        times.append(self.scene.stage.now)
        while times and times[0] <= self.scene.stage.now - MINUTE:
            times.popleft()
        if len(times) > MOST_FOR_AN_ORDER:
            raise Violation("I6", f"{len(times)} requests to cancel order {command.order_id} in a minute")

    def _not_read_on_and_on(self) -> None:
        times = self.readings
        times.append(self.scene.stage.now)
        while times[0] <= self.scene.stage.now - MINUTE:
            times.popleft()
        if len(times) > MOST_READINGS:
            raise Violation("I6", f"the venue was to be read {len(times)} times within a minute")
