"""The guard in its house: the service's own loop, store, recovery, clock, alarms and upkeep, in virtual time."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import ExitStack
from typing import cast

from connectors.topstepx.settings import TimeSource
from engine.commands import TakeSnapshot
from engine.events import ClockTick, Event
from engine.locks import Lock
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.state import State
from engine.units import SECOND
from service.guarded import Guarded
from service.history import fills_since
from service.inbox import Letter
from service.rehearsal.clocks import Clocks
from service.rehearsal.differing import difference, told_to_itself, unended
from service.rehearsal.disk import Died, Disk, Wired, folder_in_memory
from service.rehearsal.furniture import NAME, ORIGIN, Furniture, furnish
from service.rehearsal.guard import Guard
from service.rehearsal.listener import Violation
from service.rehearsal.reading import Reader
from service.rehearsal.rest import Rest
from service.rehearsal.rulebook import Armed
from service.rehearsal.stage import Stage
from service.store.found import open_or_replace
from service.store.recovery import recover

SNAPSHOT, SNAPSHOT_AT_ONCE = 0.1, 0.05
"""How likely the whole state is stored within a second, and right after an event, which must not be heard again."""
LOOK_MS = 1000
"""How long the engine thread sleeps at most."""


class HousedGuard(Guard):
    """`durable` is the state after the last step heard of that reached the disk, `durable_at` its journal number."""

    inside: Furniture
    account: Guarded

    def __init__(self, stage: Stage, rest: Rest, reader: Reader, armed: Armed) -> None:
        super().__init__(stage, rest, reader, armed)
        self.folder = folder_in_memory()
        self.disk = Disk(stage)
        self.clocks = Clocks(stage)
        self.durable: State | None = None
        self.durable_at = 0
        self.kept: Mapping[str, Lock] = {}
        self._files = ExitStack()
        self._snapshots = stage.chance("snapshots")
        self._rules: dict[str, RuleSet] = {}
        self._versions: Mapping[str, int] = {}
        self._before = self.state
        self._unheard: Event | None = None

    def close(self) -> None:
        """Let go of the store and remove it."""
        self._files.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self) -> None:
        life = self.life
        try:
            self._open()
        except Died:
            self.crash()
        if life == self.life:
            self._stage.clockwork.after(LOOK_MS, lambda: self._look(life))

    def _open(self) -> None:
        """Do what the daemon does at its start, in its order."""
        opened = open_or_replace(self.folder / "state.sqlite", seconds=lambda: self._stage.now / SECOND)
        store = opened.store
        raw = store.connection
        self._files.callback(raw.close)
        store.connection = cast(sqlite3.Connection, Wired(raw, self.disk))
        self._rules[self.armed.rules.digest] = self.armed.rules
        found = recover(store.connection, self._stage.account, ORIGIN, self._rules.get)
        self._stage.listener.opened(raw)
        if store.seq != self.durable_at:  # a step reached the disk of which nobody heard any more
            self.durable = None
        self._agrees(found.state, (*found.notes, found.halted, found.lost, opened.damage))
        state = found.state or State(self._stage.account)
        account = Guarded(NAME, self._stage.account, ORIGIN, "enforce", self.armed.rules, state)
        self.account, self.state, self.kept = account, state, state.locks
        self.inside = furnish(
            self.folder, opened, self.clocks, (account,), self._told_by_loop, self._read_anew
        )
        self._files.callback(self.inside.acts.close)
        if not self.inside.clock.has_ground:
            self._spoken(TimeSource.DATE_HEADER)
        self._stage.clock = self.inside.clock.now
        self._stage.spoken = self._spoken
        self._before, self._versions = state, {}
        self.inside.beginning(self.inside.clock.now())

    def _agrees(self, found: State | None, notes: tuple[str, ...]) -> None:
        """See that the store gives back what was stored."""
        if any(notes):
            raise Violation("replay", "; ".join(note for note in notes if note))
        if self.durable is not None and found is not None and found != self.durable:
            raise Violation("replay", f"another state comes back: {difference(self.durable, found)}")

    def _take(self, event: Event, versions: Mapping[str, int]) -> None:
        inside = self.inside
        self.account.rules = self.armed.rules
        self._rules[self.armed.rules.digest] = self.armed.rules
        self._versions, self._before, self._unheard = versions, self.account.state, event
        self.durable = None
        try:
            inside.loop.handle(Letter(ORIGIN, event))
            if self._snapshots.random() < SNAPSHOT_AT_ONCE:
                inside.snapshot()
        except Died:
            self.crash()

    def _told_by_loop(self, account: Guarded, event: Event, outcome: Outcome) -> None:
        if account.halted:
            raise Violation("crash", account.halted)
        if not self.inside.alarms.has("store_failed"):
            self.kept = account.state.locks
        self.durable = account.state if not self.inside.store.waiting else None
        self.durable_at = self.inside.store.seq
        before, versions = self._before, self._versions
        self._before, self._versions, self._unheard = account.state, {}, None
        self._told(before, event, account.state, outcome, versions)

    def _plan_tick(self, outcome: Outcome) -> None:
        self._deadline = outcome.deadline
        if outcome.deadline is not None:
            ahead = outcome.deadline - self._stage.trusted()
            if ahead < SECOND:
                life = self.life
                self._stage.clockwork.at(self._stage.now + ahead, lambda: self._tick(life))

    def _tick(self, life: int) -> None:
        due = self._deadline
        if life == self.life and due is not None and due <= self._stage.trusted():
            self.hear(ClockTick)

    def _look(self, life: int) -> None:
        """Look after the store, and at deadlines that came nearer than thought: the engine thread wakes each second."""
        if life != self.life:
            return
        self.when_awake(self._upkeep)
        if life == self.life:
            self._tick(life)
            self._stage.clockwork.after(LOOK_MS, lambda: self._look(life))

    def _upkeep(self) -> None:
        inside = self.inside
        try:
            if self._snapshots.random() < SNAPSHOT:
                inside.snapshot()
            inside.loop.look(inside.clock.now(), is_busy=False)
        except Died:
            self.crash()
            return
        if not inside.store.waiting and not inside.alarms.has("store_failed"):
            self.durable, self.durable_at = self.account.state, inside.store.seq
        self._lanes.work()

    def _read_anew(self) -> None:
        self._lanes.hand(TakeSnapshot("resync", "", fills_since(self.account, self._stage.trusted())))

    def _spoken(self, source: TimeSource) -> None:
        self.clocks.spoken(self.inside.clock, source)

    def survivors(self, locks: Mapping[str, Lock]) -> Mapping[str, Lock]:
        """Return the locks of the last step that the disk took; while it fails, newer ones live in memory only."""
        inside = self.inside
        is_behind = inside.alarms.has("store_failed") and inside.store.waiting and not self.disk.took_all
        kept = self.kept if is_behind else locks
        unheard = self._unheard or told_to_itself(self.inside, self.durable_at)
        return unended(kept, self._before, unheard, self.account.rules) if unheard else kept

    def stop(self) -> None:
        """End as the daemon does when it is asked to, and start again."""
        try:
            self.inside.finish()
        except Died:
            pass
        else:
            self._stage.note("the guard is stopped")
        self.crash()

    def _die(self) -> None:
        raise Died  # out of whatever the service was about to do next

    def crash(self) -> None:
        """Die; what was not committed is gone."""
        super().crash()
        if self._random.random() < self._stage.plan.fault("reboot"):
            self._stage.hit("reboot")
            self.clocks.reboot()
        self._files.close()
