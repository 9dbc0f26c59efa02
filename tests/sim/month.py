"""Weeks without a stop: the service's loop, store and clock over two accounts, and rules as the language compiles them."""

import runpy
import shutil
import sqlite3
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.topstepx.settings import TimeSource
from engine.commands import Command, TakeSnapshot
from engine.events import (
    Answer,
    ClockTick,
    CommandAnswered,
    CommandSent,
    Event,
    Link,
    LinkSeen,
    SnapshotTaken,
)
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.state import State
from engine.units import HOUR, MINUTE, SECOND, Instant
from service.guarded import Guarded
from service.history import fills_since
from service.inbox import Letter
from service.rehearsal.furniture import ORIGIN, furnish
from service.rehearsal.rest import ask
from service.store.found import open_or_replace
from service.store.recovery import recover

VENUE = runpy.run_path(str(Path(__file__).with_name("month_venue.py")))
ACCOUNTS: dict[int, str] = VENUE["ACCOUNTS"]
A_MOMENT: int = VENUE["A_MOMENT"]
IN_A_MICROSECOND: int = VENUE["IN_A_MICROSECOND"]
event_of = VENUE["event_of"]
TICK = 5 * MINUTE


@dataclass
class Month:
    """One guard over two accounts. `now` is the venue's time; `is_mute`: the stream tells nothing."""

    folder: Path
    rules: RuleSet
    now: Instant
    venue_side: Any
    is_mute: bool = False
    lives: int = 0
    told: list[tuple[str, Outcome]] = field(default_factory=list)
    todo: deque[tuple[int, Command]] = field(default_factory=deque)
    raw: sqlite3.Connection | None = None

    def __post_init__(self) -> None:
        self.exchange = self.venue_side.exchange
        self.booted_at = self.now - HOUR
        self.host_off = 0

    def venue(self) -> Instant:
        return self.now

    def boot(self) -> int:
        return self.now - self.booted_at

    def host(self) -> int:
        return self.now + self.host_off

    def start(self, *, is_reachable: bool = True) -> None:
        """Start as the daemon does; where the venue cannot be reached nothing confirms what was stored."""
        self.lives += 1
        self.todo.clear()
        opened = open_or_replace(self.folder / "state.sqlite", seconds=lambda: self.now / SECOND)
        self.raw = opened.store.connection
        guarded = []
        for account, name in ACCOUNTS.items():
            found = recover(opened.store.connection, account, ORIGIN, lambda _: self.rules)
            assert not (*found.notes, *filter(None, (found.halted, found.lost, opened.damage))), found
            guarded.append(
                Guarded(name, account, ORIGIN, "enforce", self.rules, found.state or State(account))
            )
        self.inside = furnish(self.folder, opened, self, tuple(guarded), self._told, None, self._hand)
        if is_reachable:
            self.spoken()
        self.inside.beginning(self.inside.clock.now())
        if is_reachable:
            self.reach()

    def reach(self) -> None:
        """Reach the venue: its time, its contracts, and every account's whole view."""
        self.spoken()
        self.hear(self.venue_side.listed(self.now))
        for link in Link:
            self.hear(LinkSeen(self.now, link, True))
        self.look()

    def kill(self) -> dict[int, State]:
        """End the process without a word; return what it knew."""
        assert self.raw is not None
        self.inside.store.flush()
        self.raw.close()
        return {number: account.state for number, account in self.inside.accounts.items()}

    def close(self) -> None:
        """Let go of the store and remove everything."""
        if self.raw is not None:
            self.raw.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def spoken(self) -> None:
        """Hear two headers: the first of another time is not believed alone."""
        for _ in range(2):
            self.inside.clock.heard(Instant(self.now // SECOND * SECOND), TimeSource.DATE_HEADER)
        self.inside.clock.heard(self.now, TimeSource.EVENT)

    def look(self) -> None:
        """Read every account."""
        for account in self.inside.accounts.values():
            self.hear(self.view(account))

    def view(self, account: Guarded) -> SnapshotTaken:
        """Read an account."""
        at = self.inside.clock.now()
        view: SnapshotTaken = self.venue_side.view(account.id, at, fills_since(account, at))
        return view

    def hear(self, event: Event) -> None:
        """Let the engine thread work on an event, and carry out what follows from it."""
        self.inside.loop.handle(Letter(ORIGIN, event))
        while self.todo:
            self._execute(*self.todo.popleft())

    def _hand(self, account: int, commands: Sequence[Command]) -> None:
        self.todo.extend((account, command) for command in commands)

    def _execute(self, account: int, command: Command) -> None:
        at = self.inside.clock.now()
        self.inside.loop.handle(Letter(ORIGIN, CommandSent(at, account, command.id)))
        if isinstance(command, TakeSnapshot):
            self.inside.loop.handle(Letter(ORIGIN, self.view(self.inside.accounts[account])))
            return
        answer, _ = ask(self.exchange, account, command)
        verdict = Answer.ACCEPTED if answer.success else Answer.REFUSED
        self.inside.loop.handle(Letter(ORIGIN, CommandAnswered(at, account, command.id, verdict)))
        self.pass_time(self.now + A_MOMENT)

    def _told(self, account: Guarded, _event: Event, outcome: Outcome) -> None:
        self.told.append((account.name, outcome))

    def pass_time(self, until: int) -> None:
        """Let the venue run until an instant and tell of what happens there."""
        self.now = Instant(until)
        for happening in self.exchange.advance(self.now * IN_A_MICROSECOND):
            event = event_of(happening, self.inside.clock.now())
            if event is not None and not self.is_mute:
                self.inside.loop.handle(Letter(ORIGIN, event))

    def tick(self) -> None:
        """Let five minutes pass, stopping at each deadline of the engine, and let both traders act."""
        end = self.now + TICK
        while (due := self._due()) is not None and self.now < due < end:
            self.pass_time(due)
            self.hear(ClockTick(self.inside.clock.now()))
        self.pass_time(max(end, self.now))
        self.spoken()
        self.hear(ClockTick(self.inside.clock.now()))
        self.inside.loop.look(self.inside.clock.now(), is_busy=False)
        for account in ACCOUNTS:
            if self.venue_side.random.random() < self._eagerness():
                self._trade(account)
        while self.todo:
            self._execute(*self.todo.popleft())

    def _eagerness(self) -> float:
        """Return how likely a trader acts within five minutes: mostly by day in Chicago, seldom at night."""
        return 0.12 if 14 * HOUR < self.now % (24 * HOUR) < 21 * HOUR else 0.01

    def _due(self) -> int | None:
        due = [account.deadline for account in self.inside.accounts.values() if account.deadline]
        return min(due, default=None)

    def _trade(self, account: int) -> None:
        venue = self.venue_side
        contract = venue.old if self.now < venue.roll_at else venue.new
        venue.leave(account, contract)
        self.pass_time(self.now + A_MOMENT)
        venue.enter(account, contract)
        self.pass_time(self.now + A_MOMENT)
