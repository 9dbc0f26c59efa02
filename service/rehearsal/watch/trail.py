"""I7: the audit trail is whole, and what we did at the venue and what it says of that are one to one."""

import json
import sqlite3
from collections import Counter

from engine.commands import ClosePosition, Command, ReducePosition, TakeSnapshot
from engine.events import CommandSent, Event
from engine.outcome import Outcome
from engine.state import State
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Scene, Watcher
from service.store.audit import rows
from service.store.proof import first_break


class Trail(Watcher):
    """Reads the trail of a housed guard: before each execution, at each start and at the end.

    `done` are the sized requests that became orders at the venue, by order; `unkept` those asked for while the disk
    failed: of them the trail may know nothing after a death.
    """

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.store: sqlite3.Connection | None = None
        self.seen = 0
        self.intents: Counter[str] = Counter()
        self.executed: dict[int, str] = {}
        self.done: dict[int, str] = {}
        self.unkept: set[str] = set()
        self.unread: set[str] = set()
        self.believed: dict[str, int] = {}
        self.raced: set[int] = set()
        self.filled_orders: set[int] = set()

    def opened(self, store: sqlite3.Connection) -> None:
        self.store = store
        self._whole()
        self._read()
        self._intended()

    def asked(self, command: Command, state: State) -> None:
        if self.scene.is_forgetful():
            self.unkept.add(command.id)

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if isinstance(event, CommandSent):
            flight = after.in_flight.get(event.command)
            if flight is not None and isinstance(flight.command, ClosePosition | ReducePosition):
                self.believed[event.command] = after.size(flight.command.contract)

    def executing(self, command: Command) -> None:
        if self.store is None or isinstance(command, TakeSnapshot) or command.id in self.unkept:
            return
        self.unread.add(command.id)
        if self.scene.guard.is_running:
            self._read()
            self._intended()

    def accepted(self, command: Command, order_id: int) -> None:
        if self.scene.is_forgetful():
            self.unkept.add(command.id)  # that it went out may be lost with a death
        if isinstance(command, ClosePosition | ReducePosition) and command.id not in self.unkept:
            self.done[order_id] = command.id

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        """Note where the position was not what we took it for when we sent: then the order is not known again."""
        self.filled_orders.add(order_id)
        believed = self.believed.get(command.id, 0) if command is not None else 0
        is_other_side = believed * before <= 0 or (after - before) * believed > 0
        if is_other_side or max(abs(before), abs(after - before)) > abs(believed):
            self.raced.add(order_id)

    def converged(self) -> None:
        self._settled()

    def finished(self) -> None:
        self._settled()

    def _intended(self) -> None:
        """See that what was carried out since the last look was written down first."""
        for name in sorted(self.unread):
            if self.intents[name] != 1:
                raise Violation(
                    "I7", f"{name} was carried out, its intent is in the trail {self.intents[name]} times"
                )
        self.unread.clear()

    def _settled(self) -> None:
        if self.store is None:
            return
        self._whole()
        self._read()
        for order, command in self.done.items():
            if order in self.executed or order not in self.filled_orders:
                continue  # one that found nothing left to fill may never have been told of
            if command in self.executed.values() or order in self.raced:
                self.races["an order of the trader looked like ours"] += 1
            else:
                raise Violation(
                    "I7", f"{command} became order {order} at the venue, the trail does not say so"
                )

    def _whole(self) -> None:
        assert self.store is not None
        broken = first_break(self.store)
        if broken is not None:
            raise Violation("I7", broken)

    def _read(self) -> None:
        """Take in the rows since the last look."""
        assert self.store is not None
        for row in rows(self.store, self.seen):
            self.seen = row.seq
            if row.kind == "command":
                self.intents[json.loads(row.body)["id"]] += 1
            elif row.kind == "executed":
                body = json.loads(row.body)
                if body["order_id"] in self.executed:
                    raise Violation("I7", f"order {body['order_id']} is told twice as executed")
                self.executed[body["order_id"]] = body["command"]
