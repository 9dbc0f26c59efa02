"""The engine thread on a bench: a real store and a real engine, and what would be sent is written down."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from connectors.topstepx.settings import TimeSource
from engine.commands import Command
from engine.events import (
    Event,
    GuardStarted,
    InstrumentsSeen,
    PositionSeen,
    RulesArmed,
    SnapshotTaken,
)
from engine.instruments import Instrument
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.state import State
from engine.units import DAY, PRICE_SCALE, SCALE, SECOND, Duration, Instant, Money, Price
from engine.venue import AccountStatus, Position
from service.alarms import Alarms
from service.clock import TrustedClock
from service.guarded import Guarded
from service.inbox import Inbox, Letter
from service.loop import Loop
from service.store.recovery import Recovered, recover
from service.store.store import Store
from service.upkeep import Upkeep

MNQ = "CON.F.US.MNQ.Z26"
START = Instant(1_794_927_600 * SECOND)
LISTED = (Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(PRICE_SCALE // 4), Money(SCALE // 2)),)


@dataclass
class Bench:
    """A loop with a real store and a real engine; only what would reach the venue is written down instead."""

    folder: Path
    rules: RuleSet
    names: tuple[str, ...] = ("alice", "bob")
    boot: int = 0
    sent: list[tuple[int, Command, int]] = field(default_factory=list)
    told: list[tuple[str, Outcome]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = TrustedClock(START, boot=lambda: self.boot, host=lambda: 0)
        self.clock.heard(START, TimeSource.DATE_HEADER)
        self.store = Store(self.folder / "state.sqlite", seconds=lambda: self.boot / SECOND)
        self.alarms = Alarms(self.clock.now)
        self.inbox = Inbox()
        self.accounts = {
            number: Guarded(name, number, "main", "enforce", self.rules, State(number))
            for number, name in enumerate(self.names, start=1)
        }
        self.upkeep = Upkeep(
            self.accounts,
            self.store,
            self.alarms,
            backups=self.folder / "backups",
            keep_backups=2,
            keep_journal=Duration(DAY),
        )
        self.loop = Loop(
            self.accounts,
            self.inbox,
            self.store,
            self.clock,
            self.alarms,
            hand=self._hand,
            told=lambda account, _event, outcome: self.told.append((account.name, outcome)),
            upkeep=self.upkeep,
        )

    def _hand(self, account: int, commands: Sequence[Command]) -> None:
        with closing(
            sqlite3.connect(self.store.path)
        ) as other:  # what another process would find after a kill
            stored = other.execute("SELECT count(*) FROM audit WHERE kind = 'command'").fetchone()[0]
        self.sent += [(account, command, stored) for command in commands]

    def hear(self, event: Event, origin: str = "main") -> None:
        self.boot += 1_000
        self.loop.handle(Letter(origin, replace(event, at=Instant(START + self.boot))))

    def begin(self) -> None:
        self.hear(InstrumentsSeen(START, LISTED))
        for number in self.accounts:
            self.hear(RulesArmed(START, number, self.rules.digest), "")
            self.hear(GuardStarted(START, number, None), "")
            self.hear(snapshot(number, self.clock.now()))

    def hold(self, account: int, size: int) -> None:
        self.hear(PositionSeen(START, account, position(size)))

    def recovered(self, account: int = 1) -> Recovered:
        self.store.flush()
        return recover(self.store.connection, account, "main", lambda _digest: self.rules)


def position(size: int) -> Position:
    return Position(MNQ, size, Price(25_000 * PRICE_SCALE), START)


def snapshot(account: int, at: Instant) -> SnapshotTaken:
    status = AccountStatus(f"V{account}", Money(150_000 * SCALE), can_trade=True, simulated=True)
    return SnapshotTaken(at, account, at, status, (), (), (), Instant(at - DAY))
